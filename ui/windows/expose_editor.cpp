#include "ui/windows/expose_editor.h"

#include "ui/text/status_text.h"
#include "ui/theme/metrics.h"
#include "ui/views/labels.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "ui/windows/expose_fields.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

ExposeEditor::ExposeEditor(const Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_workspace(workspace),
      m_title(new ElidedLabel),
      m_fields(new ExposeFields(theme, workspace)),
      m_fault(new NoticeBar(theme)),
      m_save(new QPushButton(tr("Save"))),
      m_cancel(new QPushButton(tr("Cancel")))
{
    build();
    connect(m_fields, &ExposeFields::changed, this, [this] { refresh(); });
    connect(m_fields, &ExposeFields::submitted, this, [this] { save(); });
    connect(m_save, &QPushButton::clicked, this, [this] { save(); });
    connect(m_cancel, &QPushButton::clicked, this, &ExposeEditor::finished);
    connect(&workspace, &workspace::Workspace::removed, this, [this] {
        if (!m_id.isEmpty() && !m_workspace.find(m_id))
            Q_EMIT finished();
    });
}

void ExposeEditor::build()
{
    makeTitle(*m_title);
    m_save->setProperty("kind", QStringLiteral("primary"));
    auto *page = new QFrame;
    page->setProperty("kind", QStringLiteral("pane"));
    auto *fields = new QVBoxLayout(page);
    fields->setContentsMargins(kPad, 0, kPad, kPad);
    fields->setSpacing(kPad);
    fields->addWidget(m_fields);
    fields->addWidget(m_fault);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    fields->addLayout(buttons);
    fields->addStretch(1);
    auto *title = new QHBoxLayout;
    title->setContentsMargins(kPad, kPad, kPad, kPad);
    title->addWidget(m_title);
    auto *layout = paneColumn(this);
    layout->addLayout(title);
    layout->addWidget(scrolled(page), 1);
}

void ExposeEditor::edit(const QString &id, bool rename)
{
    const auto *tunnel = m_workspace.find(id);
    if (!tunnel)
        return;
    m_id = id;
    m_title->setText(tr("Edit %1").arg(titleOf(*tunnel)));
    m_fields->setEntry(tunnel->entry, id);
    m_fault->clear();
    refresh();
    if (rename)
        m_fields->focusName();
    else
        m_fields->focusTarget();
}

void ExposeEditor::refresh()
{
    m_fault->clear();
    m_save->setEnabled(m_fields->isValid() && isChanged());
}

bool ExposeEditor::isChanged() const
{
    const auto *tunnel = m_workspace.find(m_id);
    const auto entry = m_fields->entry();
    return tunnel && (!entry || *entry != tunnel->entry);
}

void ExposeEditor::save()
{
    const auto entry = m_fields->entry();
    if (!entry)
        return; // the field at fault says so
    const auto done = m_workspace.edit(m_id, *entry);
    if (!done)
        return m_fault->tell(NoticeBar::Kind::Error, QString::fromStdString(done.error().message));
    Q_EMIT finished();
}

void ExposeEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT finished();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
