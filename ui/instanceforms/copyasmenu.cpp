// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/copyasmenu.h"

#include "ui/requesttext.h"

#include <QMenu>


namespace novita {

void fillCopyAsMenu(QMenu *menu, std::function<std::optional<RequestPreview>()> preview)
{
    for (const RequestForm form : {RequestForm::Curl, RequestForm::Python}) {
        QObject::connect(menu->addAction(requestFormName(form)), &QAction::triggered, menu, [form, preview] {
            if (const std::optional<RequestPreview> request = preview())
                copyRequest(*request, form);
        });
    }
}

} // namespace novita
