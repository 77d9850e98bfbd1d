// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/promptlog.h"
#include "core/workflows/background.h"
#include "ui/images/styleeditor.h"
#include "ui/images/stylefiles.h"
#include "ui/images/stylesdialog.h"
#include "ui/prompts.h"
#include "ui/widgets/errorbanner.h"

#include <QDir>

#include <algorithm>
#include <memory>

namespace novita {

/// Afterwards the style of that name is the current one.
void StylesDialog::read(const QString &folder, const QString &name)
{
    m_reading.reset(m_log.styles())->onFinished(this, [this, folder, name](const Result<QList<PromptStyle>> &styles) {
        if (!styles) {
            m_banner->setError(styles.error());
            return;
        }
        m_styles = *styles;
        fillTree(folder, name);
    });
}

void StylesDialog::save()
{
    const Result<PromptStyle> style = promptstyles::cleaned(m_editor->style());
    if (!style) {
        m_editor->setProblem(style.error().message);
        return;
    }
    const bool isRenamed = !m_shown.name.isEmpty() && !isSame(m_shown, *style);
    const bool isTaken =
        (m_shown.name.isEmpty() || isRenamed) &&
        std::any_of(m_styles.begin(), m_styles.end(), [&style](const PromptStyle &one) { return isSame(one, *style); });
    if (isTaken) {
        m_editor->setProblem(tr("There is a style of this name already."));
        return;
    }
    m_editor->setProblem({});
    const PromptStyle old = isRenamed ? m_shown : PromptStyle();
    const PromptStyle sent = m_editor->style();
    m_writing.reset(m_log.saveStyles({*style}))->onFinished(this, [this, old, sent, kept = *style](const Result<Done> &done) {
        if (!done)
            return tell(done);
        if (!old.name.isEmpty())
            (void)m_log.removeStyle(old.folder, old.name); // in the queue before what is read next
        m_shown = kept;
        m_begun = sent;
        tell(done);
        read(kept.folder, kept.name);
    });
}

void StylesDialog::remove()
{
    if (m_shown.name.isEmpty())
        return;
    const PromptStyle gone = m_shown;
    ConfirmRequest request;
    request.title = tr("Delete the style “%1”?").arg(gone.name);
    request.text = tr("Its texts are lost. Pictures that were made with it stay as they are.");
    request.confirmLabel = tr("Delete");
    m_prompts.confirm(this, request, [this, gone](bool yes) {
        if (!yes)
            return;
        m_writing.reset(m_log.removeStyle(gone.folder, gone.name))->onFinished(this, [this](const Result<Done> &done) {
            tell(done);
            if (!done)
                return;
            m_shown = {};
            setEditor({});
            read({}, {});
        });
    });
}

void StylesDialog::importFile()
{
    m_prompts.openFile(
        this, tr("Import styles"), tr("Styles (*.csv *.json);;All files (*)"), [this](const QString &path) {
            if (path.isEmpty())
                return;
            using Read = std::shared_ptr<Result<StyleImport>>;
            m_file
                .reset(inBackground<Read>(
                    [path] { return std::make_shared<Result<StyleImport>>(stylefiles::read(path)); }, this))
                ->onFinished(this, [this](const Result<Read> &done) {
                    if (!done)
                        return;
                    if (!**done)
                        return m_banner->setError((*done)->error());
                    const StyleImport brought = ***done;
                    const QList<PromptStyle> together =
                        promptstyles::merged(m_styles, brought.styles, promptstyles::SameName::KeepBoth);
                    const qsizetype added = together.size() - m_styles.size();
                    m_writing.reset(m_log.saveStyles(together))
                        ->onFinished(this, [this, brought, added](const Result<Done> &written) {
                            tell(written);
                            if (!written)
                                return;
                            QStringList lines{tr("Styles added: %1. Already there: %2.")
                                                  .arg(added)
                                                  .arg(brought.styles.size() - added)};
                            lines += brought.problems.mid(0, 5);
                            m_banner->showMessage(brought.problems.isEmpty() ? StateTone::Good : StateTone::Warn,
                                                  lines.join(u'\n'));
                            read(m_shown.folder, m_shown.name);
                        });
                });
        });
}

void StylesDialog::exportFile()
{
    m_prompts.saveFile(this, tr("Export styles"), QDir::home().filePath(QStringLiteral("styles.json")),
                       tr("JSON (*.json);;Stable Diffusion WebUI (*.csv)"), [this](const QString &path) {
                           if (path.isEmpty())
                               return;
                           using Written = std::shared_ptr<Result<Done>>;
                           m_file
                               .reset(inBackground<Written>(
                                   [path, styles = m_styles] {
                                       return std::make_shared<Result<Done>>(stylefiles::write(styles, path));
                                   },
                                   this))
                               ->onFinished(this, [this, path](const Result<Written> &done) {
                                   if (!done)
                                       return;
                                   tell(**done);
                                   if (**done)
                                       m_banner->showMessage(StateTone::Good,
                                                             tr("Saved as %1").arg(QDir::toNativeSeparators(path)));
                               });
                       });
}

void StylesDialog::tell(const Result<Done> &done)
{
    if (done) {
        m_banner->clear();
        emit stylesChanged();
    } else {
        m_banner->setError(done.error());
    }
}

} // namespace novita
