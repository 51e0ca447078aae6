// One recorded request in the replay window: as it was recorded, as the user has changed it, and what came of each
// sending. A value; pure; GUI thread.
#pragma once

#include "traffic/exchange.h"
#include "traffic/request_draft.h"

#include <QList>

#include <optional>

namespace ui {

inline constexpr qsizetype kKeptAttempts = 20; // answers of one request; the oldest go first

struct ReplayAttempt {
    traffic::RequestDraft request; // as it was sent
    traffic::Exchange answer;
};

struct ReplaySession {
    traffic::Exchange original;        // never changed by what the user does
    client::LocalTarget target;        // of its tunnel, or some default when that is gone
    bool targetKnown = true;
    traffic::RequestDraft recorded;    // the original as a draft
    traffic::RequestDraft draft;       // what is sent
    bool partAccepted = false;         // the user sends the recorded beginning of the body knowingly
    QList<ReplayAttempt> attempts;     // oldest first
    int firstAttempt = 1;              // the number of the first one that is kept
    qsizetype shown = 0;               // 0: the original's answer, n: that of attempts[n - 1]

    [[nodiscard]] quint64 key() const { return original.summary.key; }
    [[nodiscard]] const traffic::Exchange &answer() const { return shown == 0 ? original : attempts[shown - 1].answer; }
    // What led to that answer.
    [[nodiscard]] const traffic::RequestDraft &asked() const
    {
        return shown == 0 ? recorded : attempts[shown - 1].request;
    }
    [[nodiscard]] bool isChanged() const { return draft != recorded; }
    [[nodiscard]] bool isSending() const; // the newest attempt is under way
};

// `target`: Workspace::targetOf(), nothing when the tunnel is gone.
[[nodiscard]] ReplaySession beginReplay(const traffic::Exchange &exchange,
                                        const std::optional<client::LocalTarget> &target);
// Body bytes of the original that were not recorded, or are no longer kept.
[[nodiscard]] quint64 missingBytes(const ReplaySession &session);
// The body that would be sent is just what was kept of a longer one, and the user has not said that this is meant.
[[nodiscard]] bool needsConsent(const ReplaySession &session);
// What to send. InvalidRequest with a sentence for the user.
[[nodiscard]] wire::Result<client::ReplayRequest> requestOf(const ReplaySession &session);
// The body that is sent from now on. Recorded bytes are in their Content-Encoding, written text is in none: when the one
// takes the place of the other, those fields are switched off, or on again. True then; the user has the last word.
bool takeBody(ReplaySession &session, const QByteArray &body);
// The request was sent and is exchange `key` from now on: shown, until more is known as pending.
void addAttempt(ReplaySession &session, quint64 key);
// News of the original or of an attempt; false when it is none of them.
bool takeNews(ReplaySession &session, const traffic::Exchange &exchange);

} // namespace ui
