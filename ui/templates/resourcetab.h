// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/workflows/resourcekind.h"
#include "ui/prompts.h"
#include "ui/widgets/browsepage.h"

#include <optional>

class QAction;

namespace novita {

class ErrorBanner;
class FormDialog;
struct ActionVerdict;

/// A tab of the Templates page: a list of one kind of resource with New, a change and Delete. Each is enabled where it is
/// allowed, with the reason in its tooltip where not; deleting is asked about, and says what is lost.
///
/// The subclass calls retranslate() at the end of its constructor.
class ResourceTab : public BrowsePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResourceTab)

public:
    QString iconName() const override { return QStringLiteral("template"); }
    QList<QAction *> pageActions() const override;
    void activate() override;

protected:
    ResourceTab(const UiContext &context, ResourceKind kind, const Parts &parts, QWidget *parent);

    QAction *newAction() const { return m_new; }
    QAction *changeAction() const { return m_change; }
    QAction *deleteAction() const { return m_delete; }
    QAction *makeAction(const char *iconName);

    /// Looks anew at what may be done with the current row.
    virtual void updateActions();
    void apply(QAction *action, const ActionVerdict &verdict, const QString &toolTip) const;
    /// Shows it; what comes of it is selected, or said above the list.
    void open(FormDialog *dialog);

    virtual void openNew() = 0;
    virtual void openChange(const QString &id) = 0;
    virtual ConfirmRequest deleteQuestion(const QString &id) const = 0;
    virtual QString nameOf(const QString &id) const = 0;
    /// An empty id: nothing is selected.
    virtual void showDetails(const QString &id) = 0;

    void retranslate() override;
    void tick() override;
    void applyRemedy(ErrorRemedy remedy) override;

private:
    void connectSignals();
    void askToDelete();
    void remove(const QString &id);
    void onRemoved(const Result<ResourceOutcome> &result, const QString &name);

    ResourceKind m_kind;
    ErrorBanner *m_banner;
    QAction *m_new;
    QAction *m_change;
    QAction *m_delete;
    QString m_failedId; ///< what could not be deleted, for "try again"
};

} // namespace novita
