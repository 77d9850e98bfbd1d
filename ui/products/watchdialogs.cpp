// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/watchdialogs.h"

#include "core/base/displaytext.h"
#include "core/guards/guards.h"
#include "core/workflows/stores.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/products/watchdialog.h"
#include "ui/widgets/ruledialog.h"
#include "ui/widgets/rulelistdialog.h"

#include <QCoreApplication>

namespace novita::watchdialogs {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WatchDialogs)
};

QString ruleText(const ProductWatchRule &rule)
{
    QStringList parts{productwords::billingMode(rule.mode)};
    if (!rule.region.isEmpty())
        parts.append(displayLine(rule.region));
    if (rule.atMost)
        parts.append(Text::tr("at most %1").arg(format::money(rule.atMost)));
    if (rule.inStock)
        parts.append(Text::tr("back in stock"));
    return parts.join(QStringLiteral(", "));
}

QString stateText(const WatchedProduct &watch, const Product *product)
{
    if (!product)
        return Text::tr("not in the catalogue");
    const std::optional<Money> price = product->priceFor(watch.rule.mode);
    const QString now = !isToBeHad(watch.rule, *product) ? Text::tr("not to be had now") : Text::tr("%1 now", "a price").arg(format::money(price));
    return watch.state.lastTold ? Text::tr("%1; told %2", "state, when").arg(now, format::dateTime(watch.state.lastTold)) : now;
}

} // namespace

void add(const UiContext &context, const ProductId &product, QWidget *parent)
{
    const Product *row = context.stores.products.find(product);
    if (!row)
        return;
    auto *dialog = new WatchDialog(*row, parent);
    QObject::connect(dialog, &WatchDialog::saveRequested, dialog, [dialog, product, &guards = context.guards] {
        const Result<ProductWatchRule> rule = dialog->rule();
        if (!rule) {
            dialog->setProblem(rule.error().message);
            return;
        }
        guards.watches.add(product, *rule)->onFinished(dialog, [dialog](const Result<RuleId> &added) {
            if (added)
                dialog->accept();
            else
                dialog->setProblem(errorText(added.error()).sentence);
        });
    });
    openForAccount(context, dialog);
}

void showAll(const UiContext &context, QWidget *parent)
{
    const RuleListDialog::Words words{Text::tr("Watched products"), Text::tr("You are told when a price or the stock is as you wish. Nothing is ever bought."),
                                      Text::tr("Nothing is watched. Choose a product and press “Watch…”."), Text::tr("Watched products table"),
                                      {Text::tr("Product"), Text::tr("Waiting for"), Text::tr("Now")}, {}};
    auto *dialog = new RuleListDialog(context.theme, words, parent);
    const auto fill = [dialog, context] {
        QList<RuleListDialog::Row> rows;
        const QList<WatchedProduct> watches = context.guards.watches.watches();
        for (const WatchedProduct &watch : watches) {
            const Product *product = context.stores.products.find(watch.product);
            const QString name = displayName(product ? product->name : watch.rule.productName, watch.product.toString());
            rows.append({watch.id.toString(), {name, ruleText(watch.rule), stateText(watch, product)}, watch.enabled, true});
        }
        dialog->setRows(rows);
    };
    const auto showOutcome = [dialog](Call<Done> *call) {
        dialog->setProblem({});
        call->onFinished(dialog, [dialog](const Result<Done> &result) {
            if (!result && !result.error().isCanceled())
                dialog->setProblem(errorText(result.error()).sentence);
        });
    };
    ProductWatch &watches = context.guards.watches;
    QObject::connect(&watches, &ProductWatch::changed, dialog, fill);
    QObject::connect(&context.stores.products, &EntityStoreBase::freshnessChanged, dialog, fill);
    QObject::connect(dialog, &RuleListDialog::switchRequested, dialog,
                     [&watches, showOutcome](const QString &id, bool on) { showOutcome(watches.setEnabled(RuleId(id), on)); });
    QObject::connect(dialog, &RuleListDialog::deleteRequested, dialog, [&watches, showOutcome](const QString &id) { showOutcome(watches.remove(RuleId(id))); });
    fill();
    openForAccount(context, dialog);
}

} // namespace novita::watchdialogs
