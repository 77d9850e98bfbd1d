// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"
#include "ui/widgets/tabbedpage.h"

class QStackedWidget;

namespace novita {

/// What an account holds beside instances, one tab each: launch templates, registry credentials, network volumes, VPC networks
/// and prewarm tasks ("templates", "registry", "volumes", "networks", "prewarm"). The header is that of the tab in front.
class TemplatesPage final : public TabbedPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplatesPage)

public:
    explicit TemplatesPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("templates"); }
    QString title() const override { return tr("Templates"); }
    QString iconName() const override { return QStringLiteral("template"); }

protected:
    void showHeader() override;
    void retranslate() override;

private:
    TemplatesPage(const UiContext &context, QStackedWidget *headers, QWidget *parent);

    QStackedWidget *m_headers;
};

} // namespace novita
