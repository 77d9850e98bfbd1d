// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/edittags.h"

#include "core/base/displaytext.h"
#include "core/workflows/instancetags.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/widgets/tagsdialog.h"

#include <QCoreApplication>

namespace novita {

void editTags(const UiContext &context, const QList<InstanceId> &ids, QWidget *parent)
{
    QStringList names;
    QList<QStringList> tags;
    for (const InstanceId &id : ids) {
        const Instance *row = context.stores.instances.find(id);
        names.append(row ? row->displayName() : displayLine(id.toString()));
        tags.append(context.tags.of(id));
    }
    auto *dialog =
        new TagsDialog(names, tags, context.tags.all(),
                       {QCoreApplication::translate("TagsDialog", "For example: production, team-a"),
                        QCoreApplication::translate(
                            "TagsDialog", "Tags stay on this computer; the cloud knows nothing of them. The filter "
                                          "finds them by tag:name, and webhook rules can ask for them.")},
                       parent);
    QObject::connect(dialog, &RuleDialog::saveRequested, dialog, [dialog, ids, &store = context.tags] {
        const Result<TagEdit> edit = dialog->edit();
        if (!edit) {
            dialog->setProblem(edit.error().message);
            return;
        }
        dialog->setBusy(true);
        store.change(ids, *edit)->onFinished(dialog, [dialog](const Result<Done> &saved) {
            dialog->setBusy(false);
            if (saved)
                dialog->accept();
            else
                dialog->setProblem(errorText(saved.error()).sentence);
        });
    });
    openForAccount(context, dialog);
}

} // namespace novita
