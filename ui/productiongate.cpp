// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/productiongate.h"

#include "core/settings/profilestore.h"

#include <QCoreApplication>
#include <QPointer>
#include <QWidget>

#include <optional>
#include <utility>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProductionGate)
};

} // namespace

void confirmInProduction(const UiContext &context, QWidget *parent, ConfirmRequest question, std::function<void()> go, AskWhere where)
{
    const std::optional<Profile> profile = context.profiles.active();
    const bool isProduction = profile && profile->production;
    if (!isProduction && where == AskWhere::InProduction) {
        go();
        return;
    }
    if (isProduction) {
        const QString warning = Text::tr("%1 is a production profile.").arg(profile->name);
        question.text = question.text.isEmpty() ? warning : warning + QLatin1Char(' ') + question.text;
    }
    context.prompts.confirm(parent, question, [guard = QPointer(parent), go = std::move(go)](bool yes) {
        if (yes && guard)
            go();
    });
}

} // namespace novita
