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

/// Another colour for what makeWords() or makeLabel() made, or for what the style sheet knows by its tone; cheap when it is the one it has.
void setTone(QWidget *words, const char *tone);
/// The border of a field whose value cannot be used; cheap when nothing changes.
void setInvalid(QWidget *field, bool invalid);

/// Makes a dialog as high as its content wants to be at its width, within the screen: by itself it squeezes what wraps, or leaves a gap.
/// One that is shown only grows.
void makeRoom(QWidget *dialog);

/// The font of fixed width for `widget`, which follows the text size.
void setFixedFont(QWidget *widget, const Theme &theme);

} // namespace novita
