// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/database/database.h"
#include "core/gallery/imageskind.h"
#include "core/gallery/promptlog.h"
#include "tests/ui/findnamed.h"
#include "ui/images/promptbox.h"
#include "ui/images/promptedit.h"
#include "ui/theme.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

using namespace novita;

/// Shows a prompt box on the file of the first argument, says what is in it, and types into it for ever, a letter every
/// 5 ms; each is said when it stands there. To be killed.
int main(int argc, char **argv)
{
    QApplication program(argc, argv);
    if (argc != 2)
        return 2;
    Theme theme(program);
    SystemClock clock;
    Database database(clock, nullptr, imagesKind());
    database.open(QString::fromLocal8Bit(argv[1]));
    PromptLog log(database);
    PromptBox box(theme, log, clock);
    const EndpointTable table = EndpointTable::builtIn();
    const EndpointSpec &endpoint = *table.find(QStringLiteral("txt2img"));
    box.setFields(*endpoint.field(fields::kPrompt), *endpoint.field(fields::kNegativePrompt));
    box.openProfile(ProfileId(QStringLiteral("mine")));
    box.show();
    auto *edit = findNamed<PromptEdit>(box, QStringLiteral("Prompt"));
    QTimer typing;
    QObject::connect(&typing, &QTimer::timeout, edit, [edit] {
        edit->insertPlainText(QString(QChar('a' + int(edit->toPlainText().size() % 26))));
        std::printf("typed %d\n", int(edit->toPlainText().size()));
        std::fflush(stdout);
    });
    // As it is read before anybody can type.
    QTimer::singleShot(1000, edit, [edit, &typing] {
        std::printf("found %s\n", qPrintable(edit->toPlainText()));
        std::fflush(stdout);
        edit->moveCursor(QTextCursor::End);
        typing.start(5);
    });
    return QApplication::exec();
}
