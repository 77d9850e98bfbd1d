// SPDX-License-Identifier: GPL-3.0-or-later
//
// What bench_webhooks is compared with: a plain Node server that verifies HMAC-SHA256 over the raw body and, before it answers,
//   verify  does nothing more,
//   append  appends the body to the file named by the third argument and syncs it,
//   sqlite  inserts it into the SQLite file named by the third argument (better-sqlite3, WAL, every commit synced).
// Prints its port, or "missing" when there is no better-sqlite3.
'use strict';
const http = require('http');
const crypto = require('crypto');
const fs = require('fs');

const [secret, mode, path] = process.argv.slice(2);

function appender() {
  const file = fs.openSync(path, 'a');
  return (body, done) => {
    fs.write(file, body, (writeError) => {
      if (writeError)
        done(writeError);
      else
        fs.fdatasync(file, done);
    });
  };
}

function inserter() {
  const Database = require('better-sqlite3');
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE delivery (id INTEGER PRIMARY KEY, at INTEGER, body BLOB)');
  const insert = db.prepare('INSERT INTO delivery (at, body) VALUES (?, ?)');
  return (body, done) => {
    try {
      insert.run(Date.now(), body);
      done(null);
    } catch (error) {
      done(error);
    }
  };
}

const keepers = { verify: () => (body, done) => done(null), append: appender, sqlite: inserter };
let keep;
try {
  keep = keepers[mode]();
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND')
    throw error;
  console.log('missing');
  process.exit(0);
}

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
    if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected))
      answer(res, 401, '{"error":"signature"}');
    else
      keep(body, (error) => answer(res, error ? 503 : 200, '{"received":true}'));
  });
});
server.keepAliveTimeout = 60000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
