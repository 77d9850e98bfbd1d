// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/errortext.h"
#include "ui/theme.h"

#include <QFrame>
#include <QList>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace novita {

/// The bar under a page's title: what is wrong in one sentence, what to do, details to copy. Takes no room while there
/// is nothing to say. Canceled errors show nothing.
class ErrorBanner final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ErrorBanner)

public:
    explicit ErrorBanner(const Theme &theme, QWidget *parent = nullptr);

    /// nullopt or a Canceled error hides the bar. `what` goes in front of the error's own sentence: "Could not stop “a”";
    /// such an error is that of an action on something that is there, see actionErrorText(). With
    /// `remedyLabel` the button of an error that can be tried again reads so.
    void setError(const std::optional<Error> &error, const QString &what = {}, const QString &remedyLabel = {});
    /// A sentence of our own: tone Warn or Wait for news that are no failure. With `actionLabel` the button emits actionTriggered().
    void showMessage(StateTone tone, const QString &sentence, const QString &actionLabel = {});
    void clear();
    bool isShowing() const { return !isHidden(); }
    QString sentence() const;
    void setDismissible(bool on);
    /// The remedies that whoever listens to remedyRequested() can carry out: a button for another one is not shown. Without this call all
    /// of them are shown while somebody listens, none while nobody does.
    void setRemedies(const QList<ErrorRemedy> &remedies);

signals:
    /// The button of an error was pressed: Retry, OpenProfiles, …
    void remedyRequested(novita::ErrorRemedy remedy);
    void actionTriggered();
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    bool isCarriedOut(ErrorRemedy remedy) const;
    void present(StateTone tone, const QString &sentence, const QString &label, const QString &details);
    void paintTone();
    void retranslate();

    const Theme &m_theme;
    StateTone m_tone = StateTone::Bad;
    std::optional<Error> m_error;
    QString m_what;
    QString m_remedyLabel;
    ErrorRemedy m_remedy = ErrorRemedy::None;
    std::optional<QList<ErrorRemedy>> m_remedies;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_detailsButton;
    QPushButton *m_dismiss;
    QWidget *m_detailsBox;
    QPlainTextEdit *m_details;
    QPushButton *m_copy;
};

} // namespace novita
