#include "ui/windows/settings_paste.h"

#include "ui/text/status_text.h"
#include "ui/widgets/notice_bar.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QPushButton>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Paste)
};

} // namespace

std::optional<settings::PastedServer> pastedServer(NoticeBar &bar)
{
    bar.clearButtons();
    const auto pasted = settings::readPastedServer(QGuiApplication::clipboard()->text().toStdString());
    if (pasted)
        return *pasted;
    bar.tell(NoticeBar::Kind::Error, sentence(pasted.error()));
    return std::nullopt;
}

void tellPasted(NoticeBar &bar, const QString &text)
{
    bar.clearButtons();
    bar.tell(NoticeBar::Kind::Info, text);
    const std::size_t taken = qHash(QGuiApplication::clipboard()->text());
    QObject::connect(bar.addButton(Words::tr("Clear the clipboard")), &QPushButton::clicked, &bar, [&bar, taken] {
        bar.clearButtons();
        const bool same = qHash(QGuiApplication::clipboard()->text()) == taken;
        if (same)
            QGuiApplication::clipboard()->clear();
        bar.tell(NoticeBar::Kind::Success,
                 same ? Words::tr("The clipboard is empty.") : Words::tr("The clipboard has something else by now."));
    });
}

} // namespace ui
