#include "ui/views/visitor_bar.h"

#include "ui/text/status_text.h"

#include <QPushButton>

namespace ui {

VisitorBar::VisitorBar(const Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : NoticeBar(theme, parent), m_workspace(workspace)
{
    setDismissible(false);
    m_let = addButton(tr("Let in"));
    m_refuse = addButton(tr("Turn away"));
    connect(m_let, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_refuse, &QPushButton::clicked, this, [this] { answer(false); });
    connect(&workspace.visitors(), &workspace::VisitorQuestions::changed, this, [this] { refresh(); });
    refresh();
}

void VisitorBar::answer(bool let)
{
    m_workspace.visitors().answer(m_shown, let);
}

void VisitorBar::refresh()
{
    const auto &waiting = m_workspace.visitors().waiting();
    if (waiting.isEmpty())
        return clear();
    m_shown = waiting.first();
    QString text = questionText(m_workspace, m_shown);
    if (const auto others = waiting.size() - 1; others > 0)
        text += u' ' + (others == 1 ? tr("1 more waits.") : tr("%1 more wait.").arg(others));
    tell(Kind::Warning, text);
}

QString questionText(const workspace::Workspace &workspace, const client::VisitorQuestion &question)
{
    const auto *tunnel = workspace.find(question.tunnel);
    const QString name = tunnel ? titleOf(*tunnel) : question.tunnel;
    const QString who = question.userAgent.isEmpty()
                            ? question.visitor
                            : VisitorBar::tr("%1 (%2)").arg(question.visitor, question.userAgent);
    return VisitorBar::tr("%1 wants to reach %2. Its requests wait for your answer.").arg(who, name);
}

} // namespace ui
