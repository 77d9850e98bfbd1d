// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stylesheet.h"

#include "ui/tokens.h"

#include <QHash>

namespace novita {

namespace {

// `@name` stands for a token or a measure; see makeStyleSheet(). Sizes exclude the 1 px border.
const char kButtons[] = R"(
QPushButton, QToolButton { background: @surface; color: @text; border: 1px solid @lineStrong; border-radius: 6px;
    padding: 0 11px; min-height: @inner; }
QToolButton { padding: 0 7px; }
QPushButton, QToolButton, QLineEdit { icon-size: @icon; }
QPushButton[segment="true"] { padding: 0 7px; }
QPushButton[segment="true"]:focus { padding: 0 6px; }
QPushButton:hover, QToolButton:hover { background: @accentSoft; border-color: @accent; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: @accentSoft; color: @accent; border-color: @accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 0 10px; min-height: @innerFocus; }
QToolButton:focus { padding: 0 6px; }
QPushButton:disabled, QToolButton:disabled { color: @text3; background: @window; border-color: @line; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: url(:/icons/@set/16/arrow-down.svg); width: @arrow; height: @arrow;
    subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
QPushButton[hasMenu="true"] { padding-right: @arrow; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton[primary="true"]:focus { border: 2px solid @text; }
QPushButton[primary="true"]:disabled { background: @line; color: @text2; border-color: @line; }
QPushButton[danger="true"] { background: @bad; color: @onAccent; border-color: @bad; font-weight: 600; }
QPushButton[danger="true"]:hover { background: @badHover; }
QPushButton[danger="true"]:focus { border: 2px solid @text; }
QPushButton[danger="true"]:disabled { background: @line; color: @text2; border-color: @line; }
QPushButton[flat="true"], QToolButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: @hover; border-color: transparent; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus { border: 2px solid @accent; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 0 1px; min-height: @textHeight; }
QPushButton[link="true"]:hover { text-decoration: underline; background: transparent; }
QPushButton[link="true"]:disabled { color: @text3; text-decoration: none; }
QPushButton[link="true"]:focus { border: 2px solid @accent; padding: 0; min-height: @textHeight; }
)";

const char kFields[] = R"(
QLineEdit, QComboBox, QAbstractSpinBox { background: @surface; border: 1px solid @lineStrong; border-radius: 6px;
    padding: 0 9px; min-height: @inner; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit, QTextEdit { background: @surface; border: 1px solid @lineStrong; border-radius: 6px; padding: 4px;
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid @accent; padding: 0 8px; min-height: @innerFocus; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 3px; }
QTextEdit[plain="true"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; }
QTextEdit[plain="true"]:focus { border: 1px solid @accent; padding: 0; }
QLineEdit:disabled, QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QAbstractSpinBox:disabled, QComboBox:disabled {
    background: @window; color: @text2; border-color: @line; }
QPlainTextEdit[bare="true"], QPlainTextEdit[bare="true"]:focus { background: transparent; color: @text; border: 0; padding: 0; }
QPlainTextEdit[quiet="true"], QPlainTextEdit[quiet="true"]:focus { color: @text2; }
QLineEdit > QToolButton { background: transparent; border: 0; padding: 0; min-height: 0; }
QLineEdit[readOnly="true"]:focus { border-color: @accent; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] { border-color: @bad; }
QComboBox { padding-right: @comboRoom; combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: @comboButton; }
QComboBox::down-arrow { image: url(:/icons/@set/16/arrow-down.svg); width: @arrow; height: @arrow; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @lineStrong; outline: 0; padding: 4px;
    selection-background-color: @accentSoft; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: @item; padding: 0 6px; border-radius: 4px; }
QAbstractSpinBox { padding-right: @spinRoom; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: @spinButton; background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/icons/@set/16/arrow-up.svg); width: @smallArrow; height: @smallArrow; }
QAbstractSpinBox::down-arrow { image: url(:/icons/@set/16/arrow-down.svg); width: @smallArrow; height: @smallArrow; }
)";

const char kSurfaces[] = R"(
QFrame[card="true"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator, QListWidget::indicator, QTreeWidget::indicator { width: @icon; height: @icon; background: @surface; border: 1px solid @text3; border-radius: 4px; }
QRadioButton::indicator { border-radius: @radioRadius; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator:checked, QListWidget::indicator:checked, QTreeWidget::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@otherSet/16/checkmark.svg); }
QListWidget::indicator:indeterminate { border-color: @accent; image: url(:/icons/@set/16/list-remove.svg); }
QRadioButton::indicator:checked { background: @surface; border: @radioRing solid @accent; width: @radioHole; height: @radioHole; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @window; border-color: @lineStrong; }
QCheckBox::indicator:checked:disabled { background: @lineStrong; }
QSlider:horizontal { min-height: @icon; }
QSlider::groove:horizontal { background: @lineStrong; border: 0; border-radius: 2px; height: 4px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; border-radius: 7px; width: 10px; height: 10px; margin: -5px 0; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: @accent; }
QSlider::handle:horizontal:disabled { background: @window; border-color: @lineStrong; }
QSlider::sub-page:horizontal:disabled { background: @lineStrong; }
QProgressBar { background: @line; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QFrame[hairline="true"] { background: @line; border: 0; }
QLabel[bar="production"] { background: @badSoft; color: @bad; border-bottom: 1px solid @bad; padding: 3px; }
QLabel[tone="text2"] { color: @text2; }
QLabel[tone="text3"] { color: @text3; }
QLabel[tone="bad"] { color: @bad; }
QLabel[tone="warn"] { color: @warn; }
QLabel[tone="good"] { color: @good; }
QToolTip { background: @raised; color: @text; border: 1px solid @lineStrong; padding: 4px 6px; }
QMenu { background: @raised; color: @text; border: 1px solid @lineStrong; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; min-height: @textHeight; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }
QMenuBar { background: @window; color: @text; border-bottom: 1px solid @line; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @accentSoft; }
)";

const char kViews[] = R"(
QTableView, QListView, QTreeView { background: @surface; color: @text; border: 1px solid @line; border-radius: 6px; outline: 0;
    selection-background-color: @accentSoft; selection-color: @text; }
QTableView:focus, QListView:focus, QTreeView:focus { border-color: @accent; }
QHeaderView { background: @surface; border: 0; border-radius: 6px; }
QHeaderView::section { background: @surface; color: @text2; border: 0; border-bottom: 1px solid @line; padding: 0 0 0 8px; min-height: @header; }
QHeaderView::section:hover { color: @text; background: @hover; }
QHeaderView::up-arrow { image: url(:/icons/@set/16/arrow-up.svg); width: 8px; height: 8px; subcontrol-position: center right; right: 0; }
QHeaderView::down-arrow { image: url(:/icons/@set/16/arrow-down.svg); width: 8px; height: 8px; subcontrol-position: center right; right: 0; }
QTableCornerButton::section { background: @surface; border: 0; }
QListView[offers="true"] { padding: 2px; }
QListView[offers="true"]::item { padding: 3px 6px; border: 2px solid transparent; border-radius: 4px; color: @text; }
QListView[offers="true"]::item:selected { background: @accentSoft; color: @accent; }
QListWidget { padding: 4px; }
QListWidget::item { padding: 5px 8px; border: 2px solid transparent; border-radius: 6px; color: @text; }
QListWidget::item:hover { background: @hover; }
QListWidget::item:selected { background: @accentSoft; color: @accent; }
QListWidget::item:selected:focus { border-color: @accent; }
QListWidget[sections="true"] { background: transparent; border: 0; padding: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid @line; top: -1px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @text2; border: 0; border-bottom: 2px solid transparent; padding: 7px 4px; margin-right: 16px; }
QTabBar[dense="true"]::tab { padding: 7px 3px; margin-right: 8px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; border: 2px solid @accent; border-radius: 4px; padding: 5px 2px 7px 2px; }
QTabBar[dense="true"]::tab:focus { padding: 5px 1px 7px 1px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @line; }
QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @lineStrong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString mixed(const QColor &base, const QColor &other, double share)
{
    const auto channel = [share](int a, int b) { return qRound(a * (1.0 - share) + b * share); };
    return QColor(channel(base.red(), other.red()), channel(base.green(), other.green()), channel(base.blue(), other.blue())).name();
}

} // namespace

int grownWithText(int pixels, int textSizePercent)
{
    return qRound(pixels * qMax(100, textSizePercent) / 100.0);
}

QString makeStyleSheet(bool dark, int textHeight, int textSizePercent)
{
    const auto token = [dark](Token t) { return tokenColor(t, dark); };
    const auto pixels = [](int count) { return QString::number(count) + QLatin1String("px"); };
    const auto grown = [textSizePercent](int count) { return grownWithText(count, textSizePercent); };
    const int ring = grown(5);
    const int control = qMax(space::kControlHeight, textHeight + 14);
    // Hover darkens in light and lightens in dark, without losing contrast with the text on it.
    const QColor towards = token(Token::Text);
    const QHash<QString, QString> values{
        {QStringLiteral("window"), token(Token::Window).name()},
        {QStringLiteral("surface"), token(Token::Surface).name()},
        {QStringLiteral("raised"), token(Token::Raised).name()},
        {QStringLiteral("line"), token(Token::Line).name()},
        {QStringLiteral("lineStrong"), token(Token::LineStrong).name()},
        {QStringLiteral("text"), token(Token::Text).name()},
        {QStringLiteral("text2"), token(Token::Text2).name()},
        {QStringLiteral("text3"), token(Token::Text3).name()},
        {QStringLiteral("accent"), token(Token::Accent).name()},
        {QStringLiteral("accentSoft"), token(Token::AccentSoft).name()},
        {QStringLiteral("onAccent"), token(Token::OnAccent).name()},
        {QStringLiteral("good"), token(Token::Good).name()},
        {QStringLiteral("warn"), token(Token::Warn).name()},
        {QStringLiteral("bad"), token(Token::Bad).name()},
        {QStringLiteral("badSoft"), token(Token::BadSoft).name()},
        {QStringLiteral("accentHover"), mixed(token(Token::Accent), towards, 0.15)},
        {QStringLiteral("badHover"), mixed(token(Token::Bad), towards, 0.15)},
        {QStringLiteral("hover"), mixed(token(Token::Window), token(Token::LineStrong), 0.25)},
        {QStringLiteral("set"), dark ? QStringLiteral("dark") : QStringLiteral("light")},
        // For marks on the accent, which is dark where the window is light.
        {QStringLiteral("otherSet"), dark ? QStringLiteral("light") : QStringLiteral("dark")},
        {QStringLiteral("icon"), pixels(grown(16))},
        {QStringLiteral("arrow"), pixels(grown(14))},
        {QStringLiteral("smallArrow"), pixels(grown(12))},
        {QStringLiteral("comboButton"), pixels(grown(14) + 10)},
        {QStringLiteral("comboRoom"), pixels(grown(14) + 12)},
        {QStringLiteral("spinButton"), pixels(grown(12) + 8)},
        {QStringLiteral("spinRoom"), pixels(grown(12) + 10)},
        {QStringLiteral("radioRadius"), pixels(grown(16) / 2 + 1)},
        {QStringLiteral("radioRing"), pixels(ring)},
        {QStringLiteral("radioHole"), pixels(grown(16) + 2 - 2 * ring)},
        {QStringLiteral("inner"), pixels(control - 2)},
        {QStringLiteral("innerFocus"), pixels(control - 4)},
        {QStringLiteral("item"), pixels(textHeight + 8)},
        {QStringLiteral("header"), pixels(textHeight + 12)},
        {QStringLiteral("textHeight"), pixels(textHeight)},
    };
    const QString source = QLatin1String(kButtons) + QLatin1String(kFields) + QLatin1String(kSurfaces) + QLatin1String(kViews);
    QString out;
    out.reserve(source.size() * 2);
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (source.at(i) != QLatin1Char('@')) {
            out.append(source.at(i));
            continue;
        }
        qsizetype end = i + 1;
        while (end < source.size() && source.at(end).isLetterOrNumber())
            ++end;
        const QString name = source.mid(i + 1, end - i - 1);
        Q_ASSERT(values.contains(name));
        out.append(values.value(name));
        i = end - 1;
    }
    return out;
}

} // namespace novita
