// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.UUIDs;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.junit.After;
import org.junit.function.ThrowingRunnable;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.SingleNodeTestCase;
import org.semantichash.plugin.api.JsonResponse;
import org.semantichash.plugin.api.LocalAction.LocalRequest;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;
import org.semantichash.plugin.duplicates.DuplicatesRequest.ResponseOptions;
import org.semantichash.plugin.duplicates.ResultsApi.DeleteDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.GetDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.ListDuplicates;
import org.semantichash.plugin.duplicates.ResultsApi.ResultRequest;

/** Documents with codes on a node, some of them near to others, and searches of near-duplicates. */
public abstract class DuplicatesTestCase extends SingleNodeTestCase {

  static final String ALL = "{'field':'code','max_distance':3}";

  /** The indices by the ids of searches. */
  private final Map<String, String> asked = new HashMap<>();

  /** A document: its code, null for none, and the fields that choose the kept one. */
  record Coded(String index, String id, BinaryCode code, int part, long published, String body) {

    Map<String, Object> source() {
      Map<String, Object> fields = new TreeMap<>();
      fields.put("part", part);
      fields.put("published", published);
      fields.put("body", body);
      if (code != null) {
        fields.put("code", code.toHex());
      }
      return fields;
    }
  }

  static String mapping(int bits) {
    return "{'properties':{'code':{'type':'hash_code','bits':"
        + bits
        + "},'part':{'type':'integer'},'published':{'type':'date','format':'epoch_millis'},"
        + "'body':{'type':'text'}}}";
  }

  /** Random codes, every second one some flipped bits away from one before; some are missing. */
  static List<Coded> documents(String index, int count, int bits, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> codes = new ArrayList<>();
    List<Coded> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] code = new byte[BinaryCode.byteLength(bits)];
      random.nextBytes(code);
      if (i > 0 && random.nextBoolean()) {
        code = codes.get(random.nextInt(codes.size())).clone();
        for (int flips = random.nextInt(4); flips > 0; flips--) {
          int bit = random.nextInt(bits);
          code[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        }
      }
      code[code.length - 1] &= (byte) (0xff << (8 * code.length - bits));
      codes.add(code);
      documents.add(
          new Coded(
              index,
              Long.toString(random.nextLong(1_000_000), 36) + "-" + i,
              random.nextInt(10) == 0 ? null : BinaryCode.of(code, bits),
              random.nextInt(3),
              random.nextInt(20),
              "x".repeat(random.nextInt(8))));
    }
    return documents;
  }

  /** Indexes in some bulks, so that there are some segments. */
  final void index(List<Coded> documents) {
    int bulks = between(1, 4);
    for (int bulk = 0; bulk < bulks; bulk++) {
      Map<String, Map<String, Map<String, Object>>> byIndex = new TreeMap<>();
      for (int i = bulk; i < documents.size(); i += bulks) {
        Coded document = documents.get(i);
        byIndex
            .computeIfAbsent(document.index(), index -> new TreeMap<>())
            .put(document.id(), document.source());
      }
      byIndex.forEach((index, sources) -> assertFalse(bulk(index, null, sources).hasFailures()));
    }
  }

  final DuplicatesOptions options(String json) {
    NamedXContentRegistry registry = getInstanceFromNode(NamedXContentRegistry.class);
    try (var parser =
        JsonXContent.jsonXContent.createParser(
            parserConfig().withRegistry(registry), json.replace('\'', '"'))) {
      return DuplicatesOptions.parse(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final DuplicatesRequest request(String indices, String json, Page page, boolean waits) {
    return request(indices, json, new ResponseOptions(page, waits, DuplicatesRequest.KEEP_ALIVE));
  }

  final DuplicatesRequest request(String indices, String json, ResponseOptions answered) {
    String id = UUIDs.randomBase64UUID();
    asked.put(id, indices);
    return new DuplicatesRequest(indices.split(","), id, options(json), answered);
  }

  final Map<String, Object> find(String indices, String json) {
    DuplicatesRequest request = request(indices, json, new Page(0, 10_000), true);
    return client().execute(FindDuplicates.TYPE, request).actionGet().fields();
  }

  /** Begins a search and gives its id. */
  final String begin(String indices, String json) {
    DuplicatesRequest request = request(indices, json, new Page(0, 0), false);
    JsonResponse answer = client().execute(FindDuplicates.TYPE, request).actionGet();
    assertThat(answer.fields().get("id"), equalTo(request.id()));
    return request.id();
  }

  final Map<String, Object> get(String id, int from, int size) {
    return get(id, new Page(from, size), null);
  }

  final Map<String, Object> get(String id, Page page, TimeValue keepAlive) {
    ResultRequest request = new ResultRequest(asked(id), id, page, keepAlive);
    return client().execute(GetDuplicates.TYPE, request).actionGet().fields();
  }

  private String[] asked(String id) {
    return asked.getOrDefault(id, "news").split(",");
  }

  /** All searches, as who watches the cluster sees them. */
  final List<Map<String, Object>> listed() {
    var answer = client().execute(ListDuplicates.TYPE, new LocalRequest<>(null)).actionGet();
    List<Map<String, Object>> all = list(answer.fields().get("near_duplicates"));
    assertThat(answer.fields().get("count"), equalTo(all.size()));
    return all;
  }

  final void delete(String id) {
    ResultRequest request = new ResultRequest(asked(id), id, new Page(0, 0), null);
    client().execute(DeleteDuplicates.TYPE, request).actionGet();
  }

  final Map<String, Object> awaitState(String id, String state) throws Exception {
    assertBusy(() -> assertThat(get(id, 0, 100).get("state"), equalTo(state)));
    return get(id, 0, 100);
  }

  @SuppressWarnings("unchecked") // as the API says
  static List<Map<String, Object>> list(Object list) {
    return (List<Map<String, Object>>) list;
  }

  static void assertFails(RestStatus status, String message, ThrowingRunnable call) {
    Exception e = expectThrows(Exception.class, call);
    assertThat(e.toString(), ExceptionsHelper.status(e), equalTo(status));
    assertThat(ExceptionsHelper.unwrapCause(e).getMessage(), containsString(message));
  }

  /** No reader stays open, and no memory counts. */
  @After
  public final void assertNothingIsHeld() throws Exception {
    CircuitBreaker breaker =
        getInstanceFromNode(CircuitBreakerService.class).getBreaker(CircuitBreaker.REQUEST);
    SearchService search = getInstanceFromNode(SearchService.class);
    assertBusy(
        () -> {
          assertThat(search.getActiveContexts(), equalTo(0));
          assertThat(breaker.getUsed(), equalTo(0L));
        });
  }
}
