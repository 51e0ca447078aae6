#include "traffic/body_type.h"

#include "traffic/json_pretty.h"

#include <QString>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

namespace traffic {

namespace {

constexpr qsizetype kSniffedBytes = 1024; // as much as browsers look at (WHATWG MIME Sniffing 5.2: 1445)

// "text/html" of "Text/HTML; charset=utf-8".
QByteArray mediaType(std::string_view contentType)
{
    const auto end = std::min(contentType.find(';'), contentType.size());
    return QByteArray(contentType.data(), qsizetype(end)).trimmed().toLower();
}

bool isOneOf(const QByteArray &type, std::initializer_list<QByteArrayView> names)
{
    return std::ranges::find(names, QByteArrayView(type)) != names.end();
}

std::optional<BodyType> structuredType(const QByteArray &type)
{
    if (type.endsWith("+json") || isOneOf(type, {"application/json", "text/json"}))
        return BodyType::Json;
    if (isOneOf(type, {"text/html", "application/xhtml+xml"}))
        return BodyType::Html;
    if (type.endsWith("+xml") || isOneOf(type, {"application/xml", "text/xml"}))
        return BodyType::Xml;
    if (type == "text/css")
        return BodyType::Css;
    if (type.endsWith("/javascript") || type.endsWith("/x-javascript") || type.endsWith("/ecmascript"))
        return BodyType::JavaScript;
    if (type == "application/x-www-form-urlencoded")
        return BodyType::Form;
    return std::nullopt;
}

std::optional<BodyType> namedType(const QByteArray &type)
{
    if (type.startsWith("image/"))
        return BodyType::Image;
    if (const auto structured = structuredType(type))
        return structured;
    if (type.startsWith("text/") ||
        isOneOf(type, {"application/x-ndjson", "application/jsonl", "application/json-seq", "application/yaml",
                       "application/x-yaml", "application/toml", "application/graphql", "application/sql",
                       "application/x-sh", "application/x-httpd-php"}))
        return BodyType::Text;
    if (type.startsWith("audio/") || type.startsWith("video/") || type.startsWith("font/") ||
        isOneOf(type, {"application/pdf", "application/zip", "application/gzip", "application/wasm"}))
        return BodyType::Binary;
    return std::nullopt;
}

bool isImage(const QByteArray &body)
{
    static constexpr std::array<QByteArrayView, 4> kMagics{"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a"};
    const bool webp = body.startsWith("RIFF") && body.sliced(std::min<qsizetype>(8, body.size())).startsWith("WEBP");
    const bool avif = body.sliced(std::min<qsizetype>(4, body.size())).startsWith("ftypavif");
    return webp || avif || std::ranges::any_of(kMagics, [&](auto magic) { return body.startsWith(magic); });
}

bool isControl(char byte)
{
    const auto c = static_cast<unsigned char>(byte);
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b; // ESC: coloured logs
}

bool hasByteOrderMark(const QByteArray &body)
{
    return body.startsWith("\xff\xfe") || body.startsWith("\xfe\xff") || body.startsWith("\xef\xbb\xbf");
}

BodyType markupType(const QByteArray &start)
{
    static constexpr std::array<QByteArrayView, 12> kHtml{"<!doctype html", "<html",  "<head", "<body", "<title",
                                                          "<script",        "<style", "<div",  "<p>",   "<h1",
                                                          "<table",         "<a "};
    const auto lower = start.toLower();
    if (lower.startsWith("<svg"))
        return BodyType::Image;
    if (std::ranges::any_of(kHtml, [&](auto tag) { return lower.startsWith(tag); }))
        return BodyType::Html;
    return lower.startsWith("<?xml") ? BodyType::Xml : BodyType::Text;
}

BodyType sniffedType(const QByteArray &body)
{
    const auto beginning = body.first(std::min(kSniffedBytes, body.size()));
    if (isImage(beginning))
        return BodyType::Image;
    if (!hasByteOrderMark(beginning) && std::ranges::any_of(beginning, isControl))
        return BodyType::Binary;
    if (isJsonBeginning(QString::fromUtf8(beginning)))
        return BodyType::Json;
    const auto start = beginning.trimmed();
    return start.startsWith('<') ? markupType(start) : BodyType::Text;
}

} // namespace

BodyType bodyType(std::string_view contentType, const QByteArray &body)
{
    if (body.isEmpty())
        return BodyType::Empty;
    const auto named = namedType(mediaType(contentType));
    return named ? *named : sniffedType(body);
}

} // namespace traffic
