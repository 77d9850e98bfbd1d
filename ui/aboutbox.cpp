// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/aboutbox.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace novita {

void openAboutBox(QWidget *parent)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("AboutBox", source); };
    auto *box = new QMessageBox(QMessageBox::NoIcon, text(QT_TRANSLATE_NOOP("AboutBox", "About Novita Console")),
                                text(QT_TRANSLATE_NOOP("AboutBox", "Novita Console %1\n\nA native desktop console for the Novita.ai GPU cloud. Nothing "
                                                                   "leaves this machine but requests to the API root of your profile.\n\nFree software under "
                                                                   "the GNU General Public License, version 3 or later."))
                                    .arg(QStringLiteral(NOVITA_VERSION)),
                                QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace novita
