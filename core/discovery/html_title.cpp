#include "discovery/html_title.h"

#include "wire/limits.h"

#include <QStringDecoder>

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace discovery {

namespace {

struct OutputDeleter {
    void operator()(GumboOutput *output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

std::span<GumboNode *> childrenOf(const GumboNode &element)
{
    const auto &children = element.v.element.children;
    return {reinterpret_cast<GumboNode **>(children.data), children.length};
}

bool isTitle(const GumboNode &node)
{
    return node.v.element.tag == GUMBO_TAG_TITLE && node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

// In document order; without recursion, for pages that nest deeply.
const GumboNode *findTitle(GumboNode *root)
{
    std::vector<GumboNode *> waiting{root};
    while (!waiting.empty()) {
        GumboNode *node = waiting.back();
        waiting.pop_back();
        if (node->type != GUMBO_NODE_ELEMENT)
            continue;
        if (isTitle(*node))
            return node;
        const auto children = childrenOf(*node);
        waiting.insert(waiting.end(), children.rbegin(), children.rend());
    }
    return nullptr;
}

QString textOf(const GumboNode &element)
{
    QString text;
    for (const auto *child : childrenOf(element))
        if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE)
            text += QString::fromUtf8(child->v.text.text);
    return text;
}

QByteArray utf8Of(const QByteArray &html, const QByteArray &charset)
{
    auto encoding = charset.isEmpty() ? std::nullopt : QStringConverter::encodingForName(charset.constData());
    if (!encoding || encoding == QStringConverter::System)
        encoding = QStringConverter::encodingForHtml(html);
    QStringDecoder decoder(encoding.value_or(QStringConverter::Utf8));
    const QString text = decoder.decode(html);
    return text.toUtf8();
}

// Of the first so many bytes.
std::optional<QString> titleIn(const QByteArray &utf8, qsizetype bytes)
{
    auto options = kGumboDefaultOptions;
    options.max_errors = 0; // remembering them is most of the work on a page of unclosed tags
    const std::unique_ptr<GumboOutput, OutputDeleter> page(
        gumbo_parse_with_options(&options, utf8.constData(), std::size_t(bytes)));
    const auto *title = page ? findTitle(page->root) : nullptr;
    return title ? std::optional(shownText(textOf(*title))) : std::nullopt;
}

// Control characters, and those that turn the direction of the text around them.
bool isInvisible(QChar c)
{
    constexpr std::pair<char16_t, char16_t> kDirections[]{{0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}};
    return (c.category() == QChar::Other_Control && !c.isSpace()) ||
           std::ranges::any_of(kDirections, [c](auto range) { return c >= range.first && c <= range.second; });
}

} // namespace

QString shownText(const QString &text)
{
    constexpr auto kMaxChars = qsizetype(wire::kMaxTitleChars);
    auto shown = text;
    shown.removeIf(isInvisible);
    shown = shown.simplified();
    if (shown.size() <= kMaxChars)
        return shown;
    shown.truncate(kMaxChars - 1);
    if (shown.back().isHighSurrogate())
        shown.chop(1);
    return shown.trimmed() + u'…';
}

QString htmlTitle(const QByteArray &html, const QByteArray &charset)
{
    constexpr int kDecoys = 3; // in comments, scripts and drawings
    const auto utf8 = utf8Of(html, charset);
    const auto lower = utf8.toLower();
    if (!lower.contains("<title"))
        return {};
    // Up to where it ends is nearly always enough, and the rest of a page is a lot of work.
    qsizetype end = 0;
    for (int tries = 0; tries < kDecoys && end >= 0; ++tries) {
        end = lower.indexOf("</title", end + 1);
        if (const auto title = titleIn(utf8, end < 0 ? utf8.size() : end))
            return *title;
    }
    return end < 0 ? QString() : titleIn(utf8, utf8.size()).value_or(QString());
}

} // namespace discovery
