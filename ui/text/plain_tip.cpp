#include "ui/text/plain_tip.h"

#include <QTextDocument>

namespace ui {

QString plainTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped()) : text;
}

} // namespace ui
