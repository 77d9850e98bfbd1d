// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/uicontext.h"

#include <QObject>

namespace novita {

class ImageStep;
class WizardState;

/// What is in the wizard before the person does anything: the lists are read, a name is suggested, and the product or template
/// that the wizard was opened with is taken as soon as its store knows it.
class WizardPresets final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WizardPresets)

public:
    WizardPresets(UiContext context, WizardState &state, ImageStep &image, QObject *parent = nullptr);

    /// Prices and stock are read anew each time: money is about to be spent on them. The rest is read once.
    void readLists();
    /// Both take effect once the store knows the id.
    void setProduct(const ProductId &id);
    void setTemplate(const TemplateId &id);
    /// Another account: what was wanted means nothing there.
    void forget();
    /// Only while the name is still one of ours: what a person typed stays.
    void suggestName(const QString &wanted = {});

private:
    void apply();

    UiContext m_context;
    WizardState &m_state;
    ImageStep &m_image;
    ProductId m_product;
    TemplateId m_template;
};

} // namespace novita
