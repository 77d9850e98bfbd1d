// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/uicontext.h"

#include <QComboBox>

namespace novita {

/// The registry credentials of the account, and *None*. Follows the store; what is chosen stays chosen, named by its id while
/// the list does not hold it.
class RegistryAuthBox final : public QComboBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RegistryAuthBox)

public:
    explicit RegistryAuthBox(const UiContext &context, QWidget *parent = nullptr);

    void choose(const RegistryAuthId &id);
    RegistryAuthId chosen() const;
    void retranslate() { fill(chosen()); }

private:
    void fill(const RegistryAuthId &wanted);

    UiContext m_context;
};

} // namespace novita
