// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatcommands.h"

#include "core/base/plainfile.h"
#include "core/language/languagechat.h"
#include "core/workflows/background.h"
#include "ui/chat/chatwords.h"
#include "ui/prompts.h"
#include "ui/requesttext.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>
#include <QWidget>

#include <utility>

namespace novita {

ChatCommands::ChatCommands(const UiContext &context, LanguageChat &chat, std::function<QString()> typed, QWidget *dialogParent)
    : QObject(dialogParent)
    , m_context(context)
    , m_chat(chat)
    , m_typed(std::move(typed))
    , m_parent(dialogParent)
    , m_export(new QAction(this))
    , m_copy(new QAction(this))
    , m_curl(new QAction(this))
    , m_python(new QAction(this))
    , m_reasoning(new QAction(this))
    , m_clear(new QAction(this))
    , m_undo(new QAction(this))
{
    connect(m_export, &QAction::triggered, this, &ChatCommands::askWhere);
    connect(m_copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(chatwords::markdown(m_chat.conversation(), keepsReasoning())); });
    connect(m_curl, &QAction::triggered, this, [this] { copyRequestAs(RequestForm::Curl); });
    connect(m_python, &QAction::triggered, this, [this] { copyRequestAs(RequestForm::Python); });
    connect(m_clear, &QAction::triggered, this, [this] {
        m_chat.clear();
        emit reported(StateTone::Wait, tr("The conversation was cleared."), true);
    });
    connect(m_undo, &QAction::triggered, this, [this] { m_chat.undo(); });
    m_reasoning->setCheckable(true);
    m_reasoning->setChecked(true);
    retranslate();
    present();
}

bool ChatCommands::keepsReasoning() const
{
    return m_reasoning->isChecked();
}

void ChatCommands::setKeepsReasoning(bool keeps)
{
    m_reasoning->setChecked(keeps);
}

QList<QAction *> ChatCommands::actions() const
{
    return {m_export, m_copy, m_reasoning, m_curl, m_python, m_clear, m_undo};
}

void ChatCommands::fillMenu(QMenu *menu) const
{
    menu->addActions({m_export, m_copy, m_reasoning});
    menu->addSeparator();
    menu->addActions({m_curl, m_python});
    menu->addSeparator();
    menu->addActions({m_clear, m_undo});
}

void ChatCommands::present()
{
    const bool hasTurns = !m_chat.conversation().turns.isEmpty();
    m_export->setEnabled(hasTurns && !m_saving.isBusy());
    m_copy->setEnabled(hasTurns);
    m_clear->setEnabled(hasTurns && !m_chat.isBusy());
    m_undo->setEnabled(m_chat.canUndo());
    const bool hasRequest = !m_chat.conversation().model.isEmpty();
    m_curl->setEnabled(hasRequest);
    m_python->setEnabled(hasRequest);
}

void ChatCommands::copyRequestAs(RequestForm form)
{
    copyRequest(m_chat.preview(m_typed()), form);
    emit reported(StateTone::Good, tr("The request was copied as %1, without the key.").arg(requestFormName(form)), false);
}

void ChatCommands::askWhere()
{
    m_context.prompts.saveFile(m_parent, tr("Export conversation"), QDir::home().filePath(QStringLiteral("conversation.md")),
                               tr("Markdown (*.md);;JSON (*.json)"), [self = QPointer(this)](const QString &path) {
                                   if (self && !path.isEmpty())
                                       self->save(path);
                               });
}

void ChatCommands::save(const QString &path)
{
    const bool isJson = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const Conversation conversation = m_chat.conversation();
    // Texts are translated here, where the language is switched; a conversation as JSON can be long and needs none.
    const QString text = isJson ? QString() : chatwords::markdown(conversation, keepsReasoning());
    m_saving.reset(inBackground<Result<Done>>([path, isJson, conversation, text, keeps = keepsReasoning()] {
                       return plainfile::write(path, isJson ? conversation.exported(keeps) : text.toUtf8());
                   }, this))
        ->onFinished(this, [this, path](const Result<Result<Done>> &done) {
            const std::optional<Error> error = !done ? std::optional(done.error()) : !*done ? std::optional(done->error()) : std::nullopt;
            if (error)
                emit reported(StateTone::Bad, tr("The conversation could not be exported: %1").arg(error->message), false);
            else
                emit reported(StateTone::Good, tr("Exported as %1.").arg(QDir::toNativeSeparators(path)), false);
            present();
        });
    present();
}

void ChatCommands::retranslate()
{
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Writes the conversation into a Markdown or JSON file"));
    m_copy->setText(tr("Copy conversation"));
    m_copy->setToolTip(tr("Copies all messages as Markdown"));
    m_reasoning->setText(tr("Reasoning in exports"));
    m_reasoning->setToolTip(tr("Whether exports and copies have the reasoning of the models beside their answers; they say which"));
    m_curl->setText(tr("Copy request as %1").arg(requestFormName(RequestForm::Curl)));
    m_curl->setToolTip(tr("The request for the next answer, without the key"));
    m_python->setText(tr("Copy request as %1").arg(requestFormName(RequestForm::Python)));
    m_python->setToolTip(m_curl->toolTip());
    m_clear->setText(tr("Clear conversation"));
    m_clear->setToolTip(tr("Removes all messages; the system prompt and the parameters stay"));
    m_undo->setText(tr("Bring back the messages"));
    m_undo->setToolTip(tr("Takes back the latest clearing, change or second try"));
}

} // namespace novita
