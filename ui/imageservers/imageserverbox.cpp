// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imageservers/imageserverbox.h"

#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "ui/imageservers/serverdialog.h"
#include "ui/imageservers/serverwords.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/ruledialog.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostNamed = 6;

} // namespace

ImageServerBox::ImageServerBox(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(new QLabel(this)), m_text(makeWords("text2", this)), m_edit(new QPushButton(this))
{
    const auto fonts = [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&context.theme, &Theme::changed, this, fonts);
    m_edit->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_edit, 0, Qt::AlignLeft);
    connect(m_edit, &QPushButton::clicked, this, [this] { openForAccount(m_context, new ServerDialog(m_context, window())); });
    if (ImageServers *servers = m_context.images.servers()) {
        connect(servers, &ImageServers::changed, this, &ImageServerBox::present);
        connect(servers, &ImageServers::listsChanged, this, &ImageServerBox::present);
    }
    retranslate();
}

void ImageServerBox::present()
{
    ImageServers *servers = m_context.images.servers();
    const QList<ImageServerView> all = servers ? servers->all() : QList<ImageServerView>();
    QStringList lines;
    for (qsizetype i = 0; i < std::min(all.size(), kMostNamed); ++i)
        lines.append(tr("%1: %2", "an image server and its state").arg(all.at(i).server.name, serverwords::state(*servers, all.at(i))));
    if (all.size() > kMostNamed)
        lines.append(tr("and %n more", nullptr, static_cast<int>(all.size() - kMostNamed)));
    m_text->setText(all.isEmpty() ? tr("A Stable Diffusion WebUI server of your own can make pictures too: on one of your instances, on this computer, or at an address.")
                                  : lines.join(u'\n'));
    m_edit->setEnabled(servers != nullptr);
}

void ImageServerBox::retranslate()
{
    m_title->setText(tr("Image servers"));
    m_text->setAccessibleName(tr("Image servers and their states"));
    m_edit->setText(tr("Image servers…"));
    m_edit->setAccessibleName(tr("Edit image servers"));
    m_edit->setToolTip(tr("Adds, edits, tests and removes them"));
    present();
}

void ImageServerBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
