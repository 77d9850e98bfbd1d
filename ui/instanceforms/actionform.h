// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancerequest.h"
#include "ui/uicontext.h"

#include <QWidget>

namespace novita {

class FieldForm;

/// The inputs of one action, between what an instance is and the request that changes it. Checks nothing itself: the rules are
/// InstanceRequest's, and ActionDialog shows what they say.
class ActionForm : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionForm)

public:
    /// What the form for `action` shows; null for an action without input.
    static ActionForm *make(InstanceAction action, const UiContext &context, QWidget *parent);

    /// Fills the inputs with what the instances are. Several only for an action that takes several.
    virtual void load(const QList<Instance> &instances) = 0;
    virtual InstanceRequest request() const = 0;
    /// What it begins with must be the detail answer, as everything is sent in full.
    virtual bool needsDetail() const { return false; }
    /// What follows from the input, in words: what is lost, what it costs. Shown under the form.
    virtual QStringList consequences() const { return {}; }
    /// What must be asked about before this is sent, as it cannot be known beforehand; a sentence, empty when there is nothing.
    virtual QString doubt() const { return {}; }
    /// False while nothing was changed: not worth a warning yet.
    bool isTouched() const { return m_touched; }
    void showProblems(const QList<DraftProblem> &problems);
    /// The keyboard goes to the first input.
    void focusFirst();

signals:
    /// The request is another.
    void edited();

protected:
    ActionForm(const UiContext &context, QWidget *parent);
    virtual void retranslate() = 0;
    void changeEvent(QEvent *event) override;
    /// To be called by every input.
    void noteEdit();

    UiContext m_context;
    FieldForm *m_form;
    bool m_loading = false; ///< the inputs are being filled

private:
    bool m_touched = false;
};

} // namespace novita
