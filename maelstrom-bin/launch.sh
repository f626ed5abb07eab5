# Sourced by the executables beside it: finds a JDK, builds what is missing, and replaces the shell with Java.
# Nothing here may write to stdout: a node's stdout belongs to the protocol.
#
# The caller sets gyre_home to this folder (links resolved) and calls: gyre_start PROGRAM ARGUMENT...
#
# Environment: GYRE_JAVA names the java to use. GYRE_NO_CACHE=1 starts without a class cache, and makes none.

gyre_target=$gyre_home/target
gyre_work=$gyre_target/launch
gyre_java_min=21
gyre_programs='maelstrom echo unique-ids broadcast g-set g-counter pn-counter kafka kafka-raft txn-rw-register txn-list-append lin-kv
lin-kv-proxy lock lock-raft totals-raft stream-count word-count-node word-count sessions rescaling job'

gyre_fail() {
    echo "$1" >&2
    exit 255
}

# Sets main, and what a trial run is given while the class cache is made: requests, bodies that warm a node up, or arguments.
gyre_describe() {
    requests=
    trial_arguments=
    case $1 in
        maelstrom) main=dev.gyre.maelstrom.cli.Maelstrom ;;
        echo)
            main=dev.gyre.examples.echo.EchoNode
            requests='{"type":"echo","echo":"hello","msg_id":2}'
            ;;
        unique-ids)
            main=dev.gyre.examples.uniqueids.UniqueIdsNode
            requests='{"type":"generate","msg_id":2}'
            ;;
        broadcast)
            main=dev.gyre.examples.broadcast.BroadcastNode
            requests='{"type":"topology","topology":{"n0":[]},"msg_id":2}
{"type":"broadcast","message":1,"msg_id":3}
{"type":"read","msg_id":4}'
            ;;
        g-set)
            main=dev.gyre.examples.gset.GSetNode
            requests='{"type":"add","element":1,"msg_id":2}
{"type":"read","msg_id":3}'
            ;;
        g-counter)
            main=dev.gyre.examples.counter.GCounterNode
            requests='{"type":"add","delta":1,"msg_id":2}
{"type":"read","msg_id":3}'
            ;;
        pn-counter)
            main=dev.gyre.examples.counter.PnCounterNode
            requests='{"type":"add","delta":-1,"msg_id":2}
{"type":"read","msg_id":3}'
            ;;
        kafka | kafka-raft)
            case $1 in
                kafka) main=dev.gyre.examples.kafka.KafkaNode ;;
                *) main=dev.gyre.examples.raftkafka.RaftKafkaNode ;;
            esac
            requests='{"type":"send","key":"a","msg":1,"msg_id":2}
{"type":"poll","offsets":{"a":0},"msg_id":3}
{"type":"commit_offsets","offsets":{"a":0},"msg_id":4}
{"type":"list_committed_offsets","keys":["a"],"msg_id":5}'
            ;;
        txn-rw-register)
            main=dev.gyre.examples.txn.TxnRwRegisterNode
            requests='{"type":"txn","txn":[["w",1,2],["r",1,null]],"msg_id":2}'
            ;;
        txn-list-append)
            main=dev.gyre.examples.rafttxn.RaftTxnNode
            requests='{"type":"txn","txn":[["append",1,2],["r",1,null]],"msg_id":2}'
            ;;
        lin-kv | lin-kv-proxy)
            case $1 in
                lin-kv) main=dev.gyre.examples.raftkv.RaftKvNode ;;
                *) main=dev.gyre.examples.linkv.LinKvProxyNode ;;
            esac
            requests='{"type":"read","key":1,"msg_id":2}
{"type":"write","key":1,"value":2,"msg_id":3}
{"type":"cas","key":1,"from":2,"to":3,"msg_id":4}'
            ;;
        lock | lock-raft)
            case $1 in
                lock) main=dev.gyre.examples.lock.LockNode ;;
                *) main=dev.gyre.examples.raftlock.RaftLockNode ;;
            esac
            requests='{"type":"acquire","holder":1,"msg_id":2}
{"type":"release","holder":1,"msg_id":3}'
            ;;
        totals-raft | stream-count)
            case $1 in
                totals-raft) main=dev.gyre.examples.rafttotals.RaftTotalsNode ;;
                *) main=dev.gyre.examples.streamcount.StreamCountNode ;;
            esac
            requests='{"type":"add","key":"a","value":1,"msg_id":2}
{"type":"total","key":"a","msg_id":3}'
            ;;
        word-count-node)
            main=dev.gyre.examples.wordcount.WordCountNode
            requests='{"type":"job_status","msg_id":2}
{"type":"rescale","workers":1,"msg_id":3}'
            trial_arguments="--input $gyre_home/launch.sh --output $gyre_work --workers 1"
            ;;
        word-count) main=dev.gyre.examples.wordcount.WordCount ;;
        sessions) main=dev.gyre.examples.sessions.Sessions ;;
        rescaling)
            main=dev.gyre.examples.rescaling.Rescaling
            trial_arguments=1000
            ;;
        job)
            main=dev.gyre.maelstrom.cli.JobCommand
            trial_arguments='status --at http://127.0.0.1:9' # nobody is there
            ;;
        *) gyre_fail "gyre: nobody knows a program called $1; add it to $gyre_home/launch.sh" ;;
    esac
}

# --- Which Java -------------------------------------------------------------------------------------------------------

# Sets version to the feature version of the JDK in a folder, or to 0: what its release file says, without running it.
gyre_version_of() {
    version=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            value=${value%%[!0-9]*}
            version=${value:-0}
        fi
    done <"$1/release"
}

# Remembers the newest of the JDKs offered in best and best_version; of equals, the first.
gyre_offer() {
    gyre_version_of "$1"
    if [ "$version" -ge "$gyre_java_min" ] && [ "$version" -gt "$best_version" ]; then
        best=$1
        best_version=$version
    fi
}

# Follows links from a java on the PATH to the JDK that it belongs to.
gyre_jdk_on_path() {
    file=$(command -v java 2>/dev/null) || return 0
    while [ -L "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=${file%/*}/$link ;;
        esac
    done
    gyre_offer "${file%/bin/java}"
}

gyre_search_java() {
    best=
    best_version=0
    [ -z "${JAVA_HOME:-}" ] || gyre_offer "$JAVA_HOME"
    gyre_jdk_on_path
    for jdk in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        gyre_offer "$jdk"
    done
    if [ -z "$best" ] && [ -x /usr/libexec/java_home ]; then
        jdk=$(/usr/libexec/java_home -v "$gyre_java_min+" 2>/dev/null) && gyre_offer "$jdk"
    fi
    [ -n "$best" ] || gyre_fail "gyre: no Java $gyre_java_min or newer found; install a JDK (25 starts fastest), or set \
GYRE_JAVA to its bin/java"
}

# Sets java and java_version. The choice is kept, with the JAVA_HOME and PATH it was made under.
gyre_find_java() {
    if [ -n "${GYRE_JAVA:-}" ]; then
        [ -x "$GYRE_JAVA" ] && [ ! -d "$GYRE_JAVA" ] ||
            gyre_fail "gyre: GYRE_JAVA is $GYRE_JAVA, which is not an executable; name a JDK's bin/java"
        java=$GYRE_JAVA
        gyre_version_of "${java%/bin/java}"
        java_version=$version
        return
    fi
    if [ -r "$gyre_work/java" ]; then
        { read -r best && read -r best_version && read -r home && IFS= read -r path; } <"$gyre_work/java" || best=
        if [ -x "${best:-/nowhere}/bin/java" ] && [ "$home" = "-${JAVA_HOME:-}" ] && [ "$path" = "-$PATH" ]; then
            java=$best/bin/java
            java_version=$best_version
            return
        fi
    fi
    gyre_search_java
    java=$best/bin/java
    java_version=$best_version
    mkdir -p "$gyre_work" && printf '%s\n' "$best" "$best_version" "-${JAVA_HOME:-}" "-$PATH" >"$gyre_work/java.$$" &&
        mv -f "$gyre_work/java.$$" "$gyre_work/java" || true
}

# --- Build ------------------------------------------------------------------------------------------------------------

# Sets class_path, in an order that never changes (a class cache depends on it); false when nothing is built.
gyre_class_path() {
    class_path=
    for jar in "$gyre_target"/gyre-maelstrom-*.jar "$gyre_target"/lib/*.jar; do
        [ -f "$jar" ] || return 1
        class_path=$class_path${class_path:+:}$jar
    done
}

# Takes a lock: a folder is made by one alone, and in it stands who did.
gyre_try_lock() {
    mkdir "$1" 2>/dev/null || return 1
    echo "$$" >"$1/pid"
}

gyre_lock_is_stale() {
    owner=
    [ -r "$1/pid" ] && read -r owner <"$1/pid"
    [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null
}

gyre_unlock() {
    rm -rf "$1"
}

gyre_build() {
    mkdir -p "$gyre_work"
    lock=$gyre_work/build.lock
    until gyre_try_lock "$lock"; do
        gyre_lock_is_stale "$lock" && gyre_unlock "$lock"
        sleep 1
        [ -d "$lock" ] || ! gyre_class_path || return 0
    done
    trap 'gyre_unlock "$lock"' EXIT
    trap 'exit 130' INT TERM
    if ! gyre_class_path; then
        command -v mvn >/dev/null 2>&1 || gyre_fail "gyre: nothing is built yet, and there is no mvn; install Maven, or \
run the build elsewhere: mvn package -DskipTests in $gyre_home/.."
        echo "gyre: first use: building with Maven, for a minute or so (log: $gyre_work/build.log)" >&2
        if ! (cd "$gyre_home/.." && mvn -B -ntp package -Dmaven.test.skip=true -pl maelstrom-bin -am) \
            >"$gyre_work/build.log" 2>&1 </dev/null; then
            grep -E '^\[ERROR\]' "$gyre_work/build.log" | head -n 10 >&2
            gyre_fail "gyre: the build failed; all of it is in $gyre_work/build.log"
        fi
        gyre_class_path || gyre_fail "gyre: the build left no jars in $gyre_target; see $gyre_work/build.log"
        if [ -z "${GYRE_NO_CACHE:-}" ]; then
            echo 'gyre: preparing faster starts' >&2
            for each in $gyre_programs; do
                gyre_train "$each"
            done
        fi
    fi
    trap - EXIT INT TERM
    gyre_unlock "$lock"
}

# --- Start ------------------------------------------------------------------------------------------------------------

# What the JVM itself has to say goes to stderr. One small heap, one compiler: nodes live short and start often.
gyre_flags='-XX:+DisplayVMOutputToStderr -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1'

# Whether a class cache is there, and no jar of ours is newer.
gyre_cache_is_fresh() {
    [ -f "$1" ] || return 1
    for jar in "$gyre_target"/gyre-*.jar "$gyre_target"/lib/gyre-*.jar; do
        if [ "$jar" -nt "$1" ]; then
            return 1
        fi
    done
}

# Runs a command with a file as its input, silently, for 30 s at most. A trial run is a node n0, too: it must not find
# the folder of the node n0 that is about to start, or has been killed and comes back.
gyre_quietly() {
    input=$1
    shift
    (
        unset GYRE_DATA_DIR
        exec "$@"
    ) <"$input" >/dev/null 2>&1 &
    child=$!
    waited=0
    while kill -0 "$child" 2>/dev/null && [ "$waited" -lt 300 ]; do
        sleep 0.1 2>/dev/null || sleep 1
        waited=$((waited + 1))
    done
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    return 0
}

# Sets cache to the file of a program's class cache with this JDK.
gyre_cache_of() {
    key=${java%/bin/java}
    cache=$gyre_work/$1-$java_version-${key##*/}.aot
}

# Writes what a program reads in its trial run: as a node, an init and the requests.
gyre_trial() {
    [ -n "$requests" ] || return 0
    echo '{"id":0,"src":"c0","dest":"n0","body":{"type":"init","node_id":"n0","node_ids":["n0"],"msg_id":1}}'
    printf '%s\n' "$requests" | while IFS= read -r body; do
        printf '{"id":1,"src":"c1","dest":"n0","body":%s}\n' "$body"
    done
}

# Makes a program's class cache by a trial run. If another does that now, leaves it to that one.
gyre_train() {
    gyre_describe "$1"
    gyre_cache_of "$1"
    train_lock=$cache.lock
    if ! gyre_try_lock "$train_lock"; then
        gyre_lock_is_stale "$train_lock" || return 0
        gyre_unlock "$train_lock"
        gyre_try_lock "$train_lock" || return 0
    fi
    [ "$1" != maelstrom ] || main=dev.gyre.maelstrom.cli.Rehearsal
    if [ "$java_version" -ge 25 ]; then
        record=-XX:AOTCacheOutput=$cache.new
    else
        record=-XX:ArchiveClassesAtExit=$cache.new
    fi
    gyre_trial >"$cache.trial"
    # shellcheck disable=SC2086
    gyre_quietly "$cache.trial" "$java" $gyre_flags "$record" -cp "$class_path" "$main" $trial_arguments
    # An empty file says that none can be made here; it is tried again when the jars change.
    [ -f "$cache.new" ] || : >"$cache.new"
    mv -f "$cache.new" "$cache"
    rm -f "$cache.new".* "$cache.trial"
    gyre_unlock "$train_lock"
}

# The same in a process of its own, in nobody's way, and not a child of the node that is to come.
gyre_train_aside() {
    (
        nice -n 19 sh -c 'gyre_home=$1; . "$1/launch.sh"; gyre_find_java; gyre_class_path && gyre_train "$2"' \
            sh "$gyre_home" "$1" </dev/null >/dev/null 2>&1 &
    )
}

# Sets cache_flag for a class cache that is there; otherwise to something harmless.
gyre_use_cache() {
    cache_flag=-XX:+UseSerialGC
    [ -z "${GYRE_NO_CACHE:-}" ] || return 0
    if ! gyre_cache_is_fresh "$cache"; then
        ! mkdir -p "$gyre_work" 2>/dev/null || gyre_train_aside "$1"
    elif [ -s "$cache" ]; then
        if [ "$java_version" -ge 25 ]; then
            cache_flag=-XX:AOTCache=$cache
        else
            cache_flag=-XX:SharedArchiveFile=$cache
        fi
    fi
}

gyre_start() {
    program=$1
    shift
    gyre_find_java
    # While someone builds, jars may be there in part.
    { [ ! -d "$gyre_work/build.lock" ] && gyre_class_path; } || gyre_build
    gyre_describe "$program"
    gyre_cache_of "$program"
    gyre_use_cache "$program"
    if [ "$program" = maelstrom ]; then
        terminal=false
        [ ! -t 2 ] || terminal=true
        set -- "-Dgyre.home=$gyre_home" "-Dgyre.terminal=$terminal" -cp "$class_path" "$main" "$@"
    else
        set -- -cp "$class_path" "$main" "$@"
    fi
    # shellcheck disable=SC2086
    exec "$java" $gyre_flags "$cache_flag" "$@"
}
