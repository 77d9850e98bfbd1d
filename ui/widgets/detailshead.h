// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace novita {

class ElidedLabel;
class Theme;

/// The first line of a details pane: what it is about, and the button that closes it.
class DetailsHead final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailsHead)

public:
    explicit DetailsHead(const Theme &theme, QWidget *parent = nullptr);
    /// `standIn`: there is no name, this stands for it, quieter.
    void setTitle(const QString &title, bool standIn = false);
    /// Between title and button: a state chip.
    void addWidget(QWidget *widget);

signals:
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void retranslate();

    const Theme &m_theme;
    QHBoxLayout *m_layout;
    ElidedLabel *m_title;
    QPushButton *m_close;
};

} // namespace novita
