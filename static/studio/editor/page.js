// What the server has put into the page: words, icons, who is here, where to ask.

export const data = JSON.parse(document.getElementById("editor-data").textContent);
