// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/instancedraft.h"
#include "core/workflows/resourcekind.h"
#include "ui/uicontext.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace novita {

class ErrorBanner;
class FieldForm;

/// A dialog of labelled fields that asks the cloud for one thing and stays until that has answered: what was typed is not
/// lost to a refusal. A production profile asks once more. Problems show once the button was pressed, and then follow
/// what is typed. Closes by itself when the account changes. The subclass fills form(), and calls begin() at the end of
/// its constructor.
class FormDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FormDialog)

public:
    void reject() override;

signals:
    /// The cloud took it up; the dialog closes.
    void succeeded(const novita::ResourceOutcome &outcome);

protected:
    FormDialog(const UiContext &context, QWidget *parent);

    const UiContext &context() const { return m_context; }
    FieldForm *form() const { return m_form; }
    void begin();
    /// Something was edited.
    void changed();

    virtual QString heading() const = 0;
    virtual QString verb() const = 0;     ///< on the button: "Create volume"
    virtual QString busyVerb() const = 0; ///< while it is under way: "Creating…"
    virtual QList<DraftProblem> problems() const = 0;
    virtual Call<ResourceOutcome> *submit() = 0;
    virtual void retranslate() = 0;
    /// Something would be lost by closing it.
    virtual bool isDirty() const { return false; }

    void changeEvent(QEvent *event) override;

private:
    void press();
    void send();
    void setBusy(bool busy);
    void showProblems();
    void onAnswer(const Result<ResourceOutcome> &result);
    void updateTexts();
    void fit();
    void startAtFields();
    void growForProblems();
    QSize mostSize() const;
    int heightFor(int width) const;

    UiContext m_context;
    QLabel *m_title;
    ErrorBanner *m_banner;
    FieldForm *m_form;
    QPushButton *m_cancel;
    QPushButton *m_confirm;
    CallGuard m_call;
    bool m_pressed = false;
    bool m_busy = false;
    bool m_asking = false; ///< whether to close is being asked
};

} // namespace novita
