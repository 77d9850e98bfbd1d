// SPDX-License-Identifier: GPL-3.0-or-later
//
// What bench_webhooks is compared with: a plain Node server that verifies HMAC-SHA256 over the raw body and, with "store" as its
// second argument, appends each body to the file named by the third and syncs it before the answer. Prints its port.
'use strict';
const http = require('http');
const crypto = require('crypto');
const fs = require('fs');

const secret = process.argv[2];
const storing = process.argv[3] === 'store';
const file = storing ? fs.openSync(process.argv[4], 'a') : -1;

function answer(res, status, text) {
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}

const server = http.createServer((req, res) => {
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => {
    const body = Buffer.concat(parts);
    const expected = crypto.createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(String(req.headers['x-webhook-signature'] || '').slice(7), 'hex');
    if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) {
      answer(res, 401, '{"error":"signature"}');
      return;
    }
    if (!storing) {
      answer(res, 200, '{"received":true}');
      return;
    }
    fs.write(file, body, (writeError) => {
      if (writeError) {
        answer(res, 503, '{"error":"disk"}');
        return;
      }
      fs.fdatasync(file, (syncError) => answer(res, syncError ? 503 : 200, '{"received":true}'));
    });
  });
});
server.keepAliveTimeout = 60000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
