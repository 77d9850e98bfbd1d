// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/// What decoding one payload sample of tests/data must give.
struct DecodeCase
{
    QString file;           ///< "instances/list.json"
    int rows = 0;
    QStringList facts;      ///< "0.name=trainer-a": texts as describe() gives them
    QStringList warnings;   ///< each begins with the path of one warning, in order; all of them
    QString fatalPath = {}; ///< in the message of the fatal error; empty = none
};

QList<DecodeCase> instanceCases();
QList<DecodeCase> otherCases();
QList<DecodeCase> mediaCases();
