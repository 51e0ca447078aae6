"use strict";

async function loadItems() {
    const response = await fetch("items.json?at=" + Date.now());
    const { items } = await response.json();
    const rows = items.map(({ name, price }) => {
        const row = document.createElement("li");
        row.textContent = `${name}: ${price.toFixed(2)}`;
        return row;
    });
    document.getElementById("items").replaceChildren(...rows);
}

function runClock() {
    const clock = document.getElementById("clock");
    const events = new EventSource("clock");
    events.addEventListener("tick", (event) => { clock.textContent = new Date(event.data).toLocaleTimeString(); });
    events.addEventListener("error", () => { clock.textContent = "connection lost, trying again…"; });
}

document.getElementById("more").addEventListener("click", loadItems);
loadItems();
runClock();
