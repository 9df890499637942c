// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.threadpool.ThreadPool;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.ingest.NearDuplicateLookup.Searched;
import org.semantichash.plugin.ingest.NearDuplicateLookup.Where;
import org.semantichash.plugin.ingest.RecentCodes.NearDuplicate;
import org.semantichash.plugin.query.HammingQueryBuilder.QueryServices;
import org.semantichash.search.columns.ColumnSource;

/** Searches that are answered when the test says so. */
public class NearDuplicateLookupTests extends ESTestCase {

  private static final int AT_ONCE = 16;

  private final LinkedBlockingQueue<Runnable> unanswered = new LinkedBlockingQueue<>();
  private ThreadPool threadPool;

  @Override
  public void setUp() throws Exception {
    super.setUp();
    threadPool = new TestThreadPool(getTestName());
  }

  @Override
  public void tearDown() throws Exception {
    terminate(threadPool);
    super.tearDown();
  }

  /** As of an index that does not exist yet. */
  private final class Searches extends NoOpClient {

    private Searches() {
      super(threadPool);
    }

    @Override
    protected <I extends ActionRequest, O extends ActionResponse> void doExecute(
        ActionType<O> action, I request, ActionListener<O> listener) {
      unanswered.add(() -> listener.onFailure(new IndexNotFoundException("docs")));
    }
  }

  private Runnable nextSearch() throws InterruptedException {
    Runnable search = unanswered.poll(SAFE_AWAIT_TIMEOUT.seconds(), TimeUnit.SECONDS);
    assertNotNull("no search came", search);
    return search;
  }

  /**
   * A bulk of any size: each document has the whole time for its own search, whose turn comes even
   * if the searches before it never end. The last one waits longer than it may take.
   */
  public void testTimeInTheQueueDoesNotCountAndSearchesThatHangHoldUpNobody() throws Exception {
    NearDuplicateLookup lookup =
        new NearDuplicateLookup(
            new Searches(), () -> new QueryServices(() -> null, ColumnSource.NONE));
    List<PlainActionFuture<Optional<NearDuplicate>>> found = new ArrayList<>();
    for (int i = 0; i <= AT_ONCE; i++) {
      TimeValue timeout = TimeValue.timeValueSeconds(i < AT_ONCE ? 3 : 2);
      Where where = new Where("docs", "code", "copy_of", 3, timeout);
      BinaryCode code = BinaryCode.of(randomByteArrayOfLength(16), 128);
      PlainActionFuture<Optional<NearDuplicate>> future = new PlainActionFuture<>();
      found.add(future);
      lookup.find(new Searched("d" + i, "docs", code.toHex(), code), where, future);
    }
    List<Runnable> slow = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      slow.add(nextSearch());
    }
    nextSearch().run();
    assertThat(found.get(AT_ONCE).actionGet(SAFE_AWAIT_TIMEOUT), equalTo(Optional.empty()));
    for (int i = 0; i < AT_ONCE; i++) {
      PlainActionFuture<Optional<NearDuplicate>> future = found.get(i);
      Exception late = expectThrows(Exception.class, () -> future.actionGet(SAFE_AWAIT_TIMEOUT));
      assertThat(ExceptionsHelper.status(late), equalTo(RestStatus.REQUEST_TIMEOUT));
      assertThat(late.getMessage(), containsString("within [3s]"));
    }
    slow.forEach(Runnable::run); // an answer that nobody waits for
  }

  /** However much an authentication says, as that of an API key with its roles. */
  public void testAWriterIsRememberedByADigest() {
    assertNull("security is off", NearDuplicateLookup.writer(new ThreadContext(Settings.EMPTY)));
    String one = randomAlphaOfLength(20_000);
    assertThat(writer(one).length(), equalTo(64));
    assertThat(writer(one), equalTo(writer(one)));
    assertThat(writer(one), not(equalTo(writer(randomAlphaOfLength(20_000)))));
  }

  private static String writer(String authentication) {
    ThreadContext context = new ThreadContext(Settings.EMPTY);
    context.putHeader("_xpack_security_authentication", authentication);
    return NearDuplicateLookup.writer(context);
  }
}
