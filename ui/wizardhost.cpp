// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizardhost.h"

#include "core/workflows/createinstance.h"
#include "core/workflows/stores.h"
#include "ui/accountgate.h"
#include "ui/createwizard/createwizard.h"

#include <QMainWindow>

namespace novita {

WizardHost::WizardHost(UiContext context, QMainWindow &window)
    : QObject(&window)
    , m_context(context)
    , m_window(window)
{
    context.gate.watch(this, [this] { return m_wizard ? m_wizard->creating() : QString(); });
}

CreateWizard *WizardHost::open()
{
    if (m_wizard) {
        m_wizard->show(); // closed while a create runs, it only hides
        m_wizard->raise();
        m_wizard->activateWindow();
        return nullptr;
    }
    m_wizard = new CreateWizard(m_context, &m_window);
    m_wizard->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_wizard, &CreateWizard::created, this, [this](const InstanceId &id) {
        if (m_wizard->isHidden())
            emit createdInBackground(id, m_wizard->createdName());
        else
            emit created(id);
    });
    connect(m_wizard, &CreateWizard::newsChanged, this, &WizardHost::newsChanged);
    connect(m_wizard, &CreateWizard::openPageRequested, this, &WizardHost::openPageRequested);
    connect(m_wizard, &CreateWizard::severalRequested, this, &WizardHost::severalRequested);
    m_wizard->open();
    return m_wizard;
}

void WizardHost::openNew(const ProductId &product, const TemplateId &from)
{
    CreateWizard *wizard = open();
    if (!wizard)
        return;
    if (!product.isEmpty())
        wizard->setProduct(product);
    if (!from.isEmpty())
        wizard->setTemplate(from);
}

void WizardHost::openDraft(const InstanceDraft &draft)
{
    if (CreateWizard *wizard = open())
        wizard->setDraft(draft);
}

void WizardHost::openClone(const InstanceId &source)
{
    const Instance *instance = m_context.stores.instances.find(source);
    if (!instance)
        return;
    const InstanceDraft draft = InstanceDraft::fromInstance(*instance, m_context.create.freeName(instance->name));
    if (CreateWizard *wizard = open())
        wizard->setDraft(draft);
}

} // namespace novita
