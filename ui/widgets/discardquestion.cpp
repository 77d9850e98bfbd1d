// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/discardquestion.h"

#include <QCoreApplication>

#include <utility>

namespace novita {

void goOnOrAskToDiscard(Prompts &prompts, QWidget *asker, bool isChanged, const QString &text, std::function<void()> goOn)
{
    if (!isChanged)
        return goOn();
    ConfirmRequest request;
    request.title = QCoreApplication::translate("DiscardQuestion", "Discard the changes?");
    request.text = text;
    request.confirmLabel = QCoreApplication::translate("DiscardQuestion", "Discard");
    prompts.confirm(asker, request, [goOn = std::move(goOn)](bool yes) {
        if (yes)
            goOn();
    });
}

} // namespace novita
