#include "traffic/body_decoder.h"

#include "wire/http_head.h"
#include "wire/limits.h"

#include <zlib.h>

#include <zstd.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <brotli/decode.h>

namespace traffic {

namespace {

using wire::Code;

enum class Coding : std::uint8_t { Gzip, Deflate, Brotli, Zstd };

// How a decoder stopped.
enum class Stop : std::uint8_t { Ended, InputMissing, Full, Corrupt };

// Decoded bytes, up to one more than the bound: that one tells "exactly the bound" from "more".
class Output {
public:
    // Free space, never empty before the bound is reached.
    [[nodiscard]] std::span<char> room()
    {
        constexpr qsizetype kLimit = qsizetype(wire::kDecodedBodyBytes) + 1;
        constexpr qsizetype kPiece = 32 * 1024;
        if (m_used == m_bytes.size())
            m_bytes.resize(std::min(kLimit, m_used + std::max(kPiece, m_used)));
        return {m_bytes.data() + m_used, std::size_t(m_bytes.size() - m_used)};
    }
    void filled(std::size_t bytes) { m_used += qsizetype(bytes); }
    [[nodiscard]] bool isEmpty() const { return m_used == 0; }
    [[nodiscard]] DecodedBody take(bool cut)
    {
        const auto kept = std::min(m_used, qsizetype(wire::kDecodedBodyBytes));
        m_bytes.truncate(kept);
        return {std::move(m_bytes), cut || kept < m_used};
    }

private:
    QByteArray m_bytes;
    qsizetype m_used = 0;
};

std::string_view codingName(Coding coding)
{
    switch (coding) {
    case Coding::Gzip: return "gzip";
    case Coding::Deflate: return "deflate";
    case Coding::Brotli: return "br";
    case Coding::Zstd: return "zstd";
    }
    return {};
}

std::optional<Coding> codingOf(std::string_view name)
{
    if (wire::sameFieldName(name, "gzip") || wire::sameFieldName(name, "x-gzip"))
        return Coding::Gzip;
    for (const auto coding : {Coding::Deflate, Coding::Brotli, Coding::Zstd})
        if (wire::sameFieldName(name, codingName(coding)))
            return coding;
    return std::nullopt;
}

wire::Error unknownCoding(std::string_view name)
{
    constexpr std::size_t kShownChars = 32;
    const bool readable = wire::isToken(name) && name.size() <= kShownChars;
    const auto shown = readable ? "“" + std::string(name) + "”" : std::string("something");
    return {Code::InvalidRequest, "The body is encoded as " + shown + ", which this program cannot decode."};
}

wire::Result<std::vector<Coding>> codingsOf(std::string_view field)
{
    constexpr std::string_view kBlank = " \t";
    std::vector<Coding> codings;
    for (std::size_t at = 0; at <= field.size();) {
        const auto comma = std::min(field.find(',', at), field.size());
        auto name = field.substr(at, comma - at);
        at = comma + 1;
        name.remove_prefix(std::min(name.find_first_not_of(kBlank), name.size()));
        name = name.substr(0, name.find_last_not_of(kBlank) + 1);
        if (name.empty() || wire::sameFieldName(name, "identity"))
            continue;
        const auto coding = codingOf(name);
        if (!coding)
            return std::unexpected(unknownCoding(name));
        codings.push_back(*coding);
    }
    if (codings.size() > wire::kMaxContentCodings)
        return wire::fail(Code::InvalidRequest, "The body is encoded too many times over to be decoded.");
    return codings;
}

struct InflateEnd {
    void operator()(z_stream *stream) const { inflateEnd(stream); }
};

Stop inflateMember(z_stream &stream, Output &out)
{
    for (;;) {
        const auto room = out.room();
        if (room.empty())
            return Stop::Full;
        stream.next_out = reinterpret_cast<Bytef *>(room.data());
        stream.avail_out = uInt(room.size());
        const int result = inflate(&stream, Z_NO_FLUSH);
        out.filled(room.size() - stream.avail_out);
        if (result == Z_STREAM_END)
            return Stop::Ended;
        if (result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0))
            return Stop::InputMissing;
        if (result != Z_OK)
            return Stop::Corrupt;
    }
}

bool startsGzip(const z_stream &stream)
{
    return stream.avail_in >= 2 && stream.next_in[0] == 0x1f && stream.next_in[1] == 0x8b;
}

Stop inflateAll(int windowBits, std::span<const char> in, Output &out)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return Stop::Corrupt;
    const std::unique_ptr<z_stream, InflateEnd> end(&stream);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(in.data())); // zlib only reads it
    stream.avail_in = uInt(std::min<std::size_t>(in.size(), std::numeric_limits<uInt>::max()));
    auto stop = inflateMember(stream, out);
    while (stop == Stop::Ended && startsGzip(stream)) { // RFC 1952 2.2: members, one after the other
        inflateReset(&stream);
        stop = inflateMember(stream, out);
    }
    return stop;
}

Stop gunzip(std::span<const char> in, Output &out)
{
    return inflateAll(16 + MAX_WBITS, in, out);
}

bool looksLikeZlib(std::span<const char> in)
{
    if (in.size() < 2)
        return true;
    const auto first = static_cast<unsigned char>(in[0]);
    return (first & 0x0f) == Z_DEFLATED && (first * 256U + static_cast<unsigned char>(in[1])) % 31 == 0;
}

// RFC 9110 8.4.1.2: zlib is meant, and some senders leave its header out.
Stop inflateDeflate(std::span<const char> in, Output &out)
{
    if (looksLikeZlib(in)) {
        const auto stop = inflateAll(MAX_WBITS, in, out);
        if (stop != Stop::Corrupt || !out.isEmpty())
            return stop;
    }
    return inflateAll(-MAX_WBITS, in, out);
}

Stop unbrotli(std::span<const char> in, Output &out)
{
    const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> decoder(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
    const auto *nextIn = reinterpret_cast<const std::uint8_t *>(in.data());
    auto availableIn = in.size();
    for (;;) {
        const auto room = out.room();
        if (room.empty())
            return Stop::Full;
        auto *nextOut = reinterpret_cast<std::uint8_t *>(room.data());
        auto availableOut = room.size();
        const auto result =
            BrotliDecoderDecompressStream(decoder.get(), &availableIn, &nextIn, &availableOut, &nextOut, nullptr);
        out.filled(room.size() - availableOut);
        if (result == BROTLI_DECODER_RESULT_SUCCESS)
            return Stop::Ended;
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            return Stop::InputMissing;
        if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            return Stop::Corrupt;
    }
}

Stop unzstd(std::span<const char> in, Output &out)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, int(wire::kMaxZstdWindowLog));
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    bool frameEnded = false;
    for (;;) {
        const auto room = out.room();
        if (room.empty())
            return Stop::Full;
        ZSTD_outBuffer output{room.data(), room.size(), 0};
        const auto left = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(left))
            return frameEnded ? Stop::Ended : Stop::Corrupt; // what follows a frame may be anything
        out.filled(output.pos);
        frameEnded = left == 0;
        if (frameEnded && input.pos == input.size)
            return Stop::Ended;
        if (input.pos == input.size && output.pos < output.size)
            return Stop::InputMissing;
    }
}

Stop decode(Coding coding, std::span<const char> in, Output &out)
{
    switch (coding) {
    case Coding::Gzip: return gunzip(in, out);
    case Coding::Deflate: return inflateDeflate(in, out);
    case Coding::Brotli: return unbrotli(in, out);
    case Coding::Zstd: return unzstd(in, out);
    }
    return Stop::Corrupt;
}

} // namespace

wire::Result<DecodedBody> decodeBody(std::string_view contentEncoding, const QByteArray &body)
{
    const auto codings = codingsOf(contentEncoding);
    if (!codings)
        return std::unexpected(codings.error());
    DecodedBody decoded{body, false};
    for (auto coding = codings->rbegin(); coding != codings->rend() && !decoded.bytes.isEmpty(); ++coding) {
        Output out;
        const auto stop = decode(*coding, {decoded.bytes.constData(), std::size_t(decoded.bytes.size())}, out);
        if (stop == Stop::Corrupt)
            return wire::fail(Code::InvalidRequest, "The body is not valid " + std::string(codingName(*coding)) +
                                                        ", although Content-Encoding says so.");
        decoded = out.take(decoded.cut || stop == Stop::InputMissing);
    }
    return decoded;
}

} // namespace traffic
