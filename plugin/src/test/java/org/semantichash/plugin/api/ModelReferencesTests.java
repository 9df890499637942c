// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.test.ESTestCase;
import org.semantichash.plugin.api.ModelReferences.MappedField;

/** Fields of codes in the mappings of the cluster's state. */
public class ModelReferencesTests extends ESTestCase {

  private static final String OLD = "0123456789abcdef";

  private static IndexMetadata index(String name, String mapping) {
    IndexMetadata.Builder index =
        IndexMetadata.builder(name)
            .settings(
                Settings.builder()
                    .put(IndexMetadata.SETTING_VERSION_CREATED, IndexVersion.current()))
            .numberOfShards(1)
            .numberOfReplicas(0);
    return mapping == null ? index.build() : index.putMapping(mapping.replace('\'', '"')).build();
  }

  private static Set<MappedField> in(IndexMetadata... indices) {
    return MappedField.in(List.of(indices)).stream().collect(toSet());
  }

  public void testFindsFieldsWhereverTheyAre() {
    IndexMetadata news =
        index(
            "news",
            """
            {'properties':{
              'code':{'type':'hash_code','bits':64,'model':'m','digest':'0123456789abcdef'},
              'plain':{'type':'hash_code','bits':64},
              'type':{'type':'keyword','fields':{'c':{'type':'hash_code','bits':8,'model':'m'}}},
              'o':{'properties':{'c':{'type':'hash_code','bits':64,'model':'m'}}},
              'n':{'type':'nested','properties':{
                'model':{'type':'text'},
                'o':{'properties':{'c':{'type':'hash_code','bits':64,'model':'x'}}}}}}}""");
    assertEquals(
        Set.of(
            new MappedField("news", "code", null, "m", OLD),
            new MappedField("news", "plain", null, null, null),
            new MappedField("news", "type.c", null, "m", null),
            new MappedField("news", "o.c", null, "m", null),
            new MappedField("news", "n.o.c", "n", "x", null)),
        in(news, index("unmapped", null), index("empty", "{}")));
  }

  public void testKnowsTheDigestsOfOtherFiles() {
    String rest = "0".repeat(48);
    assertTrue(
        new MappedField("news", "code", null, "m", OLD).isOfAnother("f" + OLD.substring(1) + rest));
    assertFalse(new MappedField("news", "code", null, "m", OLD).isOfAnother(OLD + rest));
    assertFalse(
        "unknown", new MappedField("news", "code", null, "m", null).isOfAnother(OLD + rest));
  }

  public void testAsksInsideTheInnermostNestedObject() {
    List<MappedField> found =
        List.copyOf(
            in(
                index(
                    "news",
                    """
                    {'properties':{'a':{'type':'nested','properties':{'b':{'type':'nested',
                      'properties':{'c':{'type':'hash_code','bits':64}}}}}}}""")));
    assertEquals(1, found.size());
    assertEquals("a.b", found.get(0).nested());
  }
}
