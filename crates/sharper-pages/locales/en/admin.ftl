# The words of the operator's pages, in English.

## Units
unit-percent = { $n }%
unit-ms = { $n } ms
unit-s = { $n } s
unit-min = { $n } min
unit-usd = ${ $n }
unit-kb = { $n } kB
unit-mb = { $n } MB
unit-gb = { $n } GB
unit-below = under { $n }

## Around every page
admin-now = Now
admin-agents = Agents
admin-errors = Errors
admin-users = Users
admin-quality = Quality
admin-alerts = Alerts
admin-settings = Settings in force
admin-log = Log
admin-window = Time window
admin-window-hour = 1 hour
admin-window-day = 24 hours
admin-window-week = 7 days
admin-window-month = 30 days
admin-updated = Updated
admin-live-stop = Stop updating
admin-live-go = Update again
admin-lost = The connection is lost. What you see is from then; it goes on by itself.
admin-search = Search
admin-empty = Nothing in this window.

## States
admin-state = State
admin-state-good = On target
admin-state-near = Near the limit
admin-state-bad = Off target
admin-state-unknown = Not known yet

## Now
admin-answer-good = All is as it should be.
admin-answer-quiet = Nothing ran in this window.
admin-answer-off = Off target: { $what }.
admin-alerts-firing = { $count ->
    [one] { $count } alert is firing
   *[other] { $count } alerts are firing
}
admin-success = Success
admin-average = Average time
admin-p50 = p50
admin-p95 = p95
admin-time-p50 = half of them within { $n }
admin-requests = Requests
admin-requests-under = { $failed } failed · { $running } at work · { $waiting } waiting
admin-tokens = Tokens
admin-tokens-under = of all models
admin-cost = Cost
admin-budget = today { $spent } of { $budget }
admin-budget-none = no budget is set
admin-target = Target
admin-target-is = Target: { $target }
admin-target-over = over { $n }
admin-target-under = under { $n }
admin-target-within = within { $n }
admin-chart-requests = Requests
admin-chart-times = Average time
admin-chart-most = at most { $n }
admin-chart-now = now

## The success measures
admin-measures = Success measures
admin-measure = Measure
admin-value = Value
admin-measure-logged = Logging of executions
admin-target-logged = none dropped
admin-value-logged = { $recorded } recorded, { $dropped } dropped
admin-measure-sums = Accuracy of the metrics
admin-target-sums = equal to a count of the rows
admin-value-sums = off by { $n }
admin-measure-limits = Effect of the limits
admin-target-limits = on, and counted
admin-value-refused = { $n } refused
admin-measure-success = Success of requests
admin-measure-average = Average time of requests
admin-measure-overhead = Time that monitoring takes
admin-measure-tokens = Tokens against the models’ bill
admin-value-tokens = { $recorded } recorded, { $billed } billed
admin-value-no-model = no model was asked
admin-measure-errors = Errors with their full context
admin-target-errors = all of them
admin-value-errors = { $with } of { $all }

## Agents
admin-agents-lead = A row for each agent that ran. Targets: success over 95%, average under 5 s.
admin-agents-none = No agent ran in this window.
admin-agent = Agent
admin-runs = Runs
admin-course = Course

## Errors
admin-errors-lead = Errors that say the same stand together.
admin-errors-none = No errors in this window.
admin-errors-search = Message or agent
admin-errors-latest = The latest
admin-error = Error
admin-error-facts = { $n } in this window · users: { $users }
admin-count = Count
admin-first = First
admin-last = Last
admin-when = When
admin-request = Request
admin-user = User
admin-took = Took
admin-request-facts = agents: { $agents } · { $took } · tokens: { $tokens }
admin-step-line = after { $after } · took { $took } · tokens: { $tokens }
admin-status-success = Success
admin-status-failure = Failure
admin-status-timeout = Out of time
admin-input = What it was given
admin-output = What it answered
admin-not-kept = What went in and out is not kept, or not any more.
admin-calls = Calls to models
admin-calls-none = No model was asked.
admin-model = Model
admin-outcome = Outcome
admin-call-cached = a kept answer
admin-tokens-in = Tokens in
admin-tokens-out = Tokens out

## Users
admin-users-search = E-mail address or user id
admin-users-none = No such user.
admin-users-facts = { $shown } shown of { $total }
admin-user-admin = Administrator
admin-user-student = Student
admin-user-waiting = Waits for a guardian
admin-user-closed = Closed
admin-user-elsewhere = No account here
admin-user-since = since { $day }
admin-user-seen = last seen { $ago }
admin-seen = Last seen
admin-failed = Failed
admin-made-today = Made today
admin-tokens-today = Tokens today
admin-storage = Storage
admin-limits = Usage against limits
admin-limit = What
admin-used = Used
admin-activity = Activity
admin-activity-none = Nothing was done for them in this window.

## Quality
admin-pass-line = { $rate } of { $all } items passed every check.
admin-passing = What passed
admin-task = Task
admin-passed = Passed
admin-rejected = Left out
admin-pass-rate = Pass rate
admin-why = Why items were left out
admin-why-none = None was left out in this window.
admin-feedback = Feedback
admin-feedback-none = Nobody said anything in this window.
admin-rated = Rating
admin-rating = { $n } of 5
admin-ratings = { $count ->
    [one] { $count } rating
   *[other] { $count } ratings
}
admin-about = About
admin-said = Said
admin-experiments = Experiments
admin-experiments-none = No experiment runs.
admin-variants = Variants
admin-variant = Variant
admin-cost-each = Cost an item
admin-known = Known on review
admin-reviews = { $count ->
    [one] { $count } review
   *[other] { $count } reviews
}

## Alerts
admin-rules = Rules
admin-rules-none = No rule is set.
admin-rule = Rule
admin-since = Since
admin-told = Told
admin-told-by = Told by: { $by }
admin-told-nobody = Nobody is told: neither e-mail nor webhook is set. Alerts stand here and in the log.
admin-alert-quiet = All is well
admin-alert-firing = Firing
admin-alert-began = Began
admin-alert-ended = Ended
admin-history = History
admin-history-none = No alert fired in this window.
admin-detail = Details

## Settings in force and log
admin-settings-lead = What this server runs with. Secrets show only whether they are set.
admin-secret-set = set, not shown
admin-not-set = not set
admin-log-lead = What was done with an administrator’s rights.
admin-log-none = Nothing was done in this window.
admin-actor = Who
admin-action = Did
admin-answer = Answer
