// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace novita {

/// What is not known after a create whose reply was lost, and the two ways on: *Look again* and *Create again anyway*.
class UnknownNotice final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UnknownNotice)

public:
    explicit UnknownNotice(const UiContext &context, QWidget *parent = nullptr);

    /// `looking`: a look is under way, both buttons are off. `failure`: why the last look said nothing; may be empty.
    void present(const QString &name, bool looking, const QString &failure);

signals:
    void lookAgainRequested();
    void createAgainRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void paintTone();

    const UiContext &m_context;
    QString m_name;
    QString m_failure;
    bool m_looking = false;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_look;
    QPushButton *m_again;
};

} // namespace novita
