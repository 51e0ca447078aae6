// A socket.io server as its tutorial writes it: echoes with an acknowledgement, and pushes by itself.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Server } from "socket.io";

const page = readFileSync(new URL("index.html", import.meta.url));
const http = createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end(page);
});
const io = new Server(http);

io.on("connection", (socket) => {
    socket.on("echo", (text, bytes, acknowledge) => acknowledge(text, bytes));
    socket.on("count", (to) => {
        for (let number = 1; number <= to; number += 1) socket.emit("number", number);
    });
    socket.on("say", (line) => io.emit("said", line));
});

http.listen(Number(process.env.PORT), "127.0.0.1");
