// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QPushButton;
class QScrollArea;
class QWidget;

namespace novita {

class Theme;

/// A sentence: plain text, wrapped, in the colour of `tone` ("text2", "text3", "bad", "warn", "good"; empty for that of text). Owned by
/// `parent`.
QLabel *makeWords(const char *tone, QWidget *parent);
/// The same in one line, as what stands before a field.
QLabel *makeLabel(const char *tone, QWidget *parent);

/// A button that looks like a link and never is a dialog's default. Owned by `parent`.
QPushButton *makeLink(QWidget *parent);

/// Shows `content`, which it owns, as wide as itself, and scrolls it up and down; whatever lies beneath shows through. Without a place
/// among the Tab stops: what scrolls has its own.
QScrollArea *makeScrolling(QWidget *content, QWidget *parent = nullptr);

/// Another colour for what makeWords() or makeLabel() made; cheap when it is the one it has.
void setTone(QLabel *label, const char *tone);

/// The font of fixed width for `widget`, which follows the text size.
void setFixedFont(QWidget *widget, const Theme &theme);

} // namespace novita
