#include "workspace/visitor_questions.h"

namespace workspace {

using client::VisitorQuestion;

VisitorQuestions::VisitorQuestions(client::Engine &engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    connect(&engine, &client::Engine::visitorWaiting, this, [this](const VisitorQuestion &question) {
        m_waiting.append(question);
        Q_EMIT changed();
        Q_EMIT asked(question);
    });
    connect(&engine, &client::Engine::visitorDecided, this, &VisitorQuestions::forget);
}

void VisitorQuestions::answer(const VisitorQuestion &question, bool let)
{
    m_engine.answerVisitor(question, let);
    forget(question);
}

void VisitorQuestions::forget(const VisitorQuestion &question)
{
    const auto removed = m_waiting.removeIf([&question](const VisitorQuestion &known) {
        return known.tunnel == question.tunnel && known.visitor == question.visitor;
    });
    if (removed > 0)
        Q_EMIT changed();
}

} // namespace workspace
