// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/constanttime.h"

#include <QTest>

using namespace novita;

class TestConstantTime : public QObject
{
    Q_OBJECT

private slots:
    void everyByteCounts()
    {
        const QByteArray text = QByteArray::fromHex("6100ff62");
        QVERIFY(equalInConstantTime(text, QByteArray::fromHex("6100ff62")));
        for (qsizetype i = 0; i < text.size(); ++i) {
            QByteArray other = text;
            other[i] = static_cast<char>(other.at(i) ^ 1);
            QVERIFY(!equalInConstantTime(text, other));
        }
        QVERIFY(!equalInConstantTime(text, text.left(3)));
        QVERIFY(!equalInConstantTime(text, text + '\0'));
        QVERIFY(equalInConstantTime({}, {}));
    }
};

QTEST_GUILESS_MAIN(TestConstantTime)
#include "tst_constanttime.moc"
