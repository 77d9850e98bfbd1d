// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stylesheet.h"
#include "ui/theme.h"
#include "ui/tokens.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace novita;

namespace {

double channel(int value)
{
    const double v = value / 255.0;
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.red()) + 0.7152 * channel(color.green()) + 0.0722 * channel(color.blue());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private slots:
    void textIsReadable_data()
    {
        QTest::addColumn<int>("front");
        QTest::addColumn<int>("back");
        const QList<std::pair<Token, Token>> pairs{
            {Token::Text, Token::Window}, {Token::Text, Token::Surface}, {Token::Text, Token::Raised}, {Token::Text, Token::AccentSoft},
            {Token::Text2, Token::Window}, {Token::Text2, Token::Surface}, {Token::Text2, Token::Raised}, {Token::Text2, Token::AccentSoft}, {Token::Text2, Token::Line},
            {Token::Text3, Token::Surface}, {Token::Accent, Token::Window}, {Token::Accent, Token::Surface}, {Token::Accent, Token::AccentSoft},
            {Token::OnAccent, Token::Accent}, {Token::OnAccent, Token::Bad}, {Token::Bad, Token::Window}, {Token::Warn, Token::Window}, {Token::Good, Token::Window},
            {Token::Bad, Token::Surface}, {Token::Warn, Token::Surface},
            {Token::Good, Token::GoodSoft}, {Token::Wait, Token::WaitSoft}, {Token::Warn, Token::WarnSoft}, {Token::Bad, Token::BadSoft}, {Token::Idle, Token::IdleSoft},
            {Token::Text, Token::GoodSoft}, {Token::Text, Token::WaitSoft}, {Token::Text, Token::WarnSoft}, {Token::Text, Token::BadSoft}, {Token::Text, Token::IdleSoft}};
        int row = 0;
        for (const auto &[front, back] : pairs)
            QTest::addRow("%d: token %d on %d", row++, static_cast<int>(front), static_cast<int>(back)) << static_cast<int>(front) << static_cast<int>(back);
    }
    void textIsReadable()
    {
        QFETCH(int, front);
        QFETCH(int, back);
        for (const bool dark : {false, true}) {
            const double ratio = contrast(tokenColor(static_cast<Token>(front), dark), tokenColor(static_cast<Token>(back), dark));
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 in %2").arg(ratio).arg(dark ? QStringLiteral("dark") : QStringLiteral("light"))));
        }
    }

    void profileColorsStandOut()
    {
        for (const QString &name : {QStringLiteral("blue"), QStringLiteral("green"), QStringLiteral("orange"), QStringLiteral("purple"), QStringLiteral("red"), QStringLiteral("grey")}) {
            for (const bool dark : {false, true})
                QVERIFY(contrast(profileTokenColor(name, dark), tokenColor(Token::Window, dark)) >= 3.0);
        }
        QCOMPARE(profileTokenColor(QStringLiteral("no such"), false), profileTokenColor(QStringLiteral("grey"), false));
    }

    void switchesLive()
    {
        Theme theme(*qApp);
        QSignalSpy changed(&theme, &Theme::changed);
        theme.apply(ColorScheme::Dark, 100);
        QVERIFY(theme.isDark());
        QCOMPARE(qApp->palette().color(QPalette::Window), tokenColor(Token::Window, true));
        theme.apply(ColorScheme::Light, 200);
        QVERIFY(!theme.isDark());
        QCOMPARE(changed.count(), 2);
        const double big = theme.font(TextStyle::Body).pointSizeF();
        theme.apply(ColorScheme::Light, 100);
        QCOMPARE(big, theme.font(TextStyle::Body).pointSizeF() * 2);
        theme.apply(ColorScheme::Light, 5000);
        QCOMPARE(theme.font(TextStyle::Body).pointSizeF(), big);
        QVERIFY(theme.controlHeight() > space::kControlHeight);
        theme.apply(ColorScheme::Light, 100);
        QCOMPARE(theme.controlHeight(), space::kControlHeight);
        QCOMPARE(theme.rowHeight(true), space::kCompactRowHeight);
    }

    void marksGrowWithTheTextAndDoNotShrink()
    {
        Theme theme(*qApp);
        theme.apply(ColorScheme::Light, 200);
        QCOMPARE(theme.grown(16), 32);
        QVERIFY(qApp->styleSheet().contains(QLatin1String("icon-size: 32px")));
        theme.apply(ColorScheme::Light, 80);
        QCOMPARE(theme.grown(16), 16);
        theme.apply(ColorScheme::Light, 100);
        QVERIFY(qApp->styleSheet().contains(QLatin1String("icon-size: 16px")));
    }

    void everyStateHasItsIcon()
    {
        Theme theme(*qApp);
        for (int i = 0; i <= static_cast<int>(InstanceStatus::Unknown); ++i) {
            const InstanceStateInfo &info = stateInfo(static_cast<InstanceStatus>(i));
            QVERIFY2(!theme.icon(QString(info.icon)).isNull(), info.icon.data());
        }
        QTest::ignoreMessage(QtWarningMsg, "no icon named \"no-such-icon\"");
        QVERIFY(theme.icon(QStringLiteral("no-such-icon")).isNull());
    }

    void windowsCarryTheProgramsIcon()
    {
        const Theme theme(*qApp);
        const QImage icon = QApplication::windowIcon().pixmap(48).toImage();
        QCOMPARE(icon.size(), QSize(48, 48));
        QVERIFY(qAlpha(icon.pixel(24, 24)) == 255);
    }

    void iconsFollowTheScheme()
    {
        Theme theme(*qApp);
        theme.apply(ColorScheme::Light, 100);
        const QIcon icon = theme.icon(QStringLiteral("view-refresh"));
        const QImage light = icon.pixmap(16).toImage();
        theme.apply(ColorScheme::Dark, 100);
        QVERIFY(icon.pixmap(16).toImage() != light);
        QCOMPARE(theme.pixmap(QStringLiteral("view-refresh"), 16, Qt::red, 2.0).size(), QSize(32, 32));
    }

    void styleSheetIsWhole()
    {
        for (const bool dark : {false, true}) {
            const QString sheet = makeStyleSheet(dark, 16);
            QVERIFY(!sheet.contains(QLatin1Char('@')));
            QCOMPARE(sheet.count(QLatin1Char('{')), sheet.count(QLatin1Char('}')));
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
