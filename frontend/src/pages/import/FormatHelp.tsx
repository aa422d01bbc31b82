import { Accordion, Code, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const formats = ['json', 'jsonl', 'csv', 'txt', 'media'] as const
const example = '[{"data": {"text": "A short note."}}, {"data": {"text": "Another one."}}]'

/** What each kind of file becomes. */
export const FormatHelp = () => {
  const { t } = useTranslation()
  return (
    <Accordion variant="contained">
      <Accordion.Item value="formats">
        <Accordion.Control>{t('import.help')}</Accordion.Control>
        <Accordion.Panel>
          <Table className="dense-table" verticalSpacing={6}>
            <Table.Tbody>
              {formats.map((format) => (
                <Table.Tr key={format}>
                  <Table.Td fw={600} style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>
                    {t(`import.formats.${format}.name`)}
                  </Table.Td>
                  <Table.Td>{t(`import.formats.${format}.text`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="xs" c="dimmed" mt="sm" mb={4}>
            {t('import.example')}
          </Text>
          <Code block>{example}</Code>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
