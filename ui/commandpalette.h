// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QIcon>
#include <QList>

#include <functional>

class QLineEdit;
class QListWidget;

namespace novita {

class Theme;

/// Something the palette can do.
struct PaletteEntry
{
    QString text;
    QString kind;      ///< "Action", "Page", "Instance": quieter, searched too
    QString shortcut;  ///< shown, not handled here
    QIcon icon;
    std::function<void()> run;
};

/// Ctrl+K: type, choose, Enter. Closes when it loses the focus or with Esc. Asks for its entries each time it opens; at
/// most 60 matches are listed.
class CommandPalette final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandPalette)

public:
    static constexpr int kMaxMatches = 60;

    CommandPalette(Theme &theme, QWidget *parent);
    void openWith(QList<PaletteEntry> entries);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showMatches(const QString &pattern);
    void runCurrent();
    void retranslate();

    Theme &m_theme;
    QList<PaletteEntry> m_entries;
    QLineEdit *m_input;
    QListWidget *m_list;
};

} // namespace novita
