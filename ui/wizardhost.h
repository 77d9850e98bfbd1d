// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QObject>
#include <QPointer>

class QMainWindow;

namespace novita {

class CreateWizard;
struct InstanceDraft;

/// Opens the create wizard over the window, one at a time: a second one over the first would make it easy to create twice.
/// Tells the account gate of a create that is under way.
class WizardHost final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WizardHost)

public:
    WizardHost(UiContext context, QMainWindow &window);

    /// Prefilled with a product and/or a template; both may be empty. A wizard that is open comes to the front as it is.
    void openNew(const ProductId &product, const TemplateId &from);
    /// Prefilled with `draft`, which counts as nobody's input yet.
    void openDraft(const InstanceDraft &draft);
    /// Prefilled with what `source` was made from; nothing happens when it is not known.
    void openClone(const InstanceId &source);

signals:
    void created(const novita::InstanceId &id);
    /// The wizard had been closed meanwhile: the person is at something else.
    void createdInBackground(const novita::InstanceId &id, const QString &name);
    /// See CreateWizard::newsChanged().
    void newsChanged(novita::StateTone tone, const QString &sentence);
    void openPageRequested(const QString &pageId);
    /// See CreateWizard::severalRequested().
    void severalRequested(const novita::InstanceDraft &model);

private:
    CreateWizard *open();

    UiContext m_context;
    QMainWindow &m_window;
    QPointer<CreateWizard> m_wizard;
};

} // namespace novita
