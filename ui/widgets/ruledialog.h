// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QDialog>
#include <QStringList>

class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

/// A short dialog that asks for one rule kept on this computer: what it is for, labelled fields, what follows from them, and a
/// button that saves. Saving is up to whoever opened it: it stays until accept(), and shows what setProblem() says.
class RuleDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleDialog)

public:
    /// Why it could not be saved; empty takes the sentence away.
    void setProblem(const QString &sentence);
    /// It is being saved: until the answer it cannot be saved once more.
    void setBusy(bool busy);
    void setVisible(bool visible) override;

signals:
    void saveRequested();

protected:
    /// `heading` is plain text from anywhere; `verb` stands on the button that saves.
    RuleDialog(const QString &heading, const QString &verb, QWidget *parent);

    /// Of a rule for several: the first names, and how many more there are.
    static QString headingOf(const QStringList &names);

    QFormLayout *form() const { return m_form; }
    /// A sentence below the fields, one under the other in the order of the calls; owned by the dialog.
    QLabel *addSentence(const char *tone = "text");
    /// Shows a field of form() together with its label, or neither.
    void showField(QWidget *field, bool on);
    /// Puts the label of a field of several lines beside the first of them, which is `height` high. Done by itself where the field has a layout.
    void alignLabel(QWidget *field, int height);

    void showEvent(QShowEvent *event) override;

private:
    void grow();

    QFormLayout *m_form;
    QVBoxLayout *m_sentences;
    QLabel *m_problem;
    QPushButton *m_cancel;
    QPushButton *m_save;
};

/// Opens a dialog about rules, which goes when it is closed: by the person, or because the account is another whose rules are others.
void openForAccount(const UiContext &context, QDialog *dialog);

} // namespace novita
