// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/wizardpresets.h"

#include "core/workflows/createinstance.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "ui/createwizard/imagestep.h"
#include "ui/createwizard/wizardstate.h"

#include <utility>

namespace novita {

namespace {

/// "ComfyUI (Flux)" → "comfyui-flux": letters, digits and single hyphens, as the name rules want them.
QString slug(const QString &text)
{
    constexpr int kMostChars = 60;
    QString out;
    for (const QChar c : text.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            out.append(c);
        else if (!out.isEmpty() && !out.endsWith(u'-'))
            out.append(u'-');
    }
    out.truncate(kMostChars);
    while (out.endsWith(u'-'))
        out.chop(1);
    return out;
}

} // namespace

WizardPresets::WizardPresets(UiContext context, WizardState &state, ImageStep &image, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_state(state)
    , m_image(image)
{
    connect(&context.stores.products, &EntityStoreBase::inserted, this, &WizardPresets::apply);
    connect(&context.stores.templates, &EntityStoreBase::inserted, this, &WizardPresets::apply);
    connect(&image, &ImageStep::templateApplied, this, [this](const TemplateId &id) {
        if (const InstanceTemplate *source = m_context.stores.templates.find(id))
            suggestName(source->name);
    });
}

void WizardPresets::readLists()
{
    m_context.refresher.refresh(DataKind::Products);
    const Stores &stores = m_context.stores;
    const std::initializer_list<std::pair<DataKind, const EntityStoreBase *>> lists{{DataKind::Clusters, &stores.clusters},
                                                                                    {DataKind::Templates, &stores.templates},
                                                                                    {DataKind::RegistryAuths, &stores.registryAuths},
                                                                                    {DataKind::Storages, &stores.storages},
                                                                                    {DataKind::Networks, &stores.networks}};
    for (const auto &[kind, store] : lists) {
        if (!store->refreshedAt() || store->isStale())
            m_context.refresher.refresh(kind);
    }
}

void WizardPresets::setProduct(const ProductId &id)
{
    m_product = id;
    apply();
}

void WizardPresets::setTemplate(const TemplateId &id)
{
    m_template = id;
    apply();
}

void WizardPresets::forget()
{
    m_product = {};
    m_template = {};
}

void WizardPresets::apply()
{
    const bool untouched = !m_state.hasInput();
    if (!m_product.isEmpty() && m_context.stores.products.contains(m_product))
        m_state.pickProduct(std::exchange(m_product, {}));
    if (!m_template.isEmpty() && m_image.useTemplate(m_template))
        m_template = {};
    if (untouched)
        m_state.markPristine();
}

void WizardPresets::suggestName(const QString &wanted)
{
    const QString base = slug(wanted);
    const QString name = m_context.create.freeName(base.isEmpty() ? QStringLiteral("instance") : base);
    if (m_state.isNameOurs())
        m_state.prefill([&name](InstanceDraft &draft) { draft.name = name; });
}

} // namespace novita
