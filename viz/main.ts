/** The replay: so far an empty stage. */
import '@fontsource-variable/inter/wght.css';
