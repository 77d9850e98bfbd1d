// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a streamed answer: 2,000 pieces of 48 characters, each laid out and painted by itself, which is what the slowest stream costs; then as it is
// shown, in batches; then the end of a long conversation at once. Prints milliseconds.
#include "ui/chat/conversationview.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace novita;

namespace {

constexpr int kPieces = 2000;
constexpr double kNanosPerMilli = 1e6;

ChatTurn running()
{
    ChatTurn turn;
    turn.role = ChatRole::Assistant;
    turn.end = ChatEnd::Running;
    turn.model = LanguageModelId(QStringLiteral("vendor/tide-7b"));
    return turn;
}

void stream(const Theme &theme, bool eachByItself)
{
    ConversationView view(theme);
    view.resize(700, 600);
    view.show();
    view.addTurn(0, running());
    QCoreApplication::processEvents();
    qint64 worst = 0;
    qint64 firstHalf = 0;
    QElapsedTimer total;
    total.start();
    for (int i = 0; i < kPieces; ++i) {
        QElapsedTimer one;
        one.start();
        view.grow(i % 3 == 2 ? QStringLiteral("some words that come from a stream of tokens.\n\n") : QStringLiteral("some words that come from a stream of tokens, and "), {});
        if (eachByItself)
            view.flush();
        QCoreApplication::processEvents();
        worst = std::max(worst, one.nsecsElapsed());
        if (i == kPieces / 2)
            firstHalf = total.nsecsElapsed();
    }
    view.flush();
    QCoreApplication::processEvents();
    std::printf("%-24s %9.1f ms, first half %.1f ms, longest step %.2f ms\n", eachByItself ? "2,000 pieces one by one" : "2,000 pieces in batches",
                double(total.nsecsElapsed()) / kNanosPerMilli, double(firstHalf) / kNanosPerMilli, double(worst) / kNanosPerMilli);
}

void open(const Theme &theme)
{
    QList<ChatTurn> turns;
    for (int i = 0; i < 100; ++i) {
        ChatTurn turn = running();
        turn.end = ChatEnd::Complete;
        turn.text = QStringLiteral("A line of a message that is as long as they are.\n").repeated(40);
        turns.append(turn);
    }
    ConversationView view(theme);
    view.resize(700, 600);
    view.show();
    QCoreApplication::processEvents();
    QElapsedTimer total;
    total.start();
    view.showTurns(turns);
    const qint64 made = total.nsecsElapsed();
    QCoreApplication::processEvents();
    std::printf("%-24s %9.1f ms, of it made %.1f ms, %lld messages\n", "a long conversation", double(total.nsecsElapsed()) / kNanosPerMilli, double(made) / kNanosPerMilli,
                qint64(view.cards().size()));
    total.start();
    view.showTurns(turns);
    QCoreApplication::processEvents();
    std::printf("%-24s %9.1f ms\n", "the same again", double(total.nsecsElapsed()) / kNanosPerMilli);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    theme.apply(ColorScheme::Light, 100);
    stream(theme, true);
    stream(theme, false);
    open(theme);
    return 0;
}
