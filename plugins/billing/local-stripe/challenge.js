/* global document */
// Tells the page around the bank's page that the customer has answered.
const around = document.defaultView.parent;
if (around !== document.defaultView) around.postMessage({ type: 'challenged' }, '*');
