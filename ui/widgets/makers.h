// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QPushButton;
class QScrollArea;
class QWidget;

namespace novita {

/// A sentence: plain text, wrapped, in the colour of `tone` ("text2", "text3", "bad", "warn", "good"; empty for that of text). Owned by
/// `parent`.
QLabel *makeWords(const char *tone, QWidget *parent);

/// A button that looks like a link and never is a dialog's default. Owned by `parent`.
QPushButton *makeLink(QWidget *parent);

/// Shows `content`, which it owns, as wide as itself, and scrolls it up and down; whatever lies beneath shows through. Without a place
/// among the Tab stops: what scrolls has its own.
QScrollArea *makeScrolling(QWidget *content, QWidget *parent = nullptr);

} // namespace novita
