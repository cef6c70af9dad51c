import './settings.css';
